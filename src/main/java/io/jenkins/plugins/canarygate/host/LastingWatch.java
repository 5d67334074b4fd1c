package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.host.WatchConnector.Connection;
import io.jenkins.plugins.canarygate.host.WatchConnector.Selection;
import io.jenkins.plugins.canarygate.host.WatchConnector.WatchFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * A watch that is opened again whenever it ends: from where it was, or from now where the server no
 * longer knows that place (410), after a wait that doubles and is spread. It never blocks a caller;
 * opening happens on the opener.
 */
final class LastingWatch {
  /** A watch that lived that long was a good one: the next wait is short again. */
  private static final Duration GOOD = Duration.ofSeconds(30);

  /** How much longer than the server was asked to keep it open a silent watch is believed in. */
  static final Duration BELIEVED = Duration.ofMinutes(11);

  private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

  /** What becomes of it. Called without a lock. */
  interface Owner {
    /** It is open, for the first time or again: anything may have happened before. */
    void opened(LastingWatch watch);

    void changed(String namespace, String name);

    /** It is not allowed; it goes on trying unless it is closed. */
    void forbidden(LastingWatch watch);
  }

  private final Selection selection;
  private final WatchConnector connector;
  private final Executor opener;
  private final HostClock clock;
  private final Timers timers;
  private final RandomGenerator random;
  private final Owner owner;

  private Optional<Connection> connection = Optional.empty();
  private Optional<String> from = Optional.empty();
  private Timers.Cancellable timer = () -> {};
  private int opening;
  private int failures;
  private long openedAt;
  private boolean closed;

  LastingWatch(
      Selection selection,
      WatchConnector connector,
      Executor opener,
      HostClock clock,
      Timers timers,
      RandomGenerator random,
      Owner owner) {
    this.selection = selection;
    this.connector = connector;
    this.opener = opener;
    this.clock = clock;
    this.timers = timers;
    this.random = random;
    this.owner = owner;
  }

  void open() {
    opener.execute(this::openNow);
  }

  /** Whether it is open, as far as is known. */
  synchronized boolean isOpen() {
    return connection.isPresent();
  }

  void close() {
    Optional<Connection> last;
    synchronized (this) {
      closed = true;
      opening++;
      timer.cancel();
      last = connection;
      connection = Optional.empty();
    }
    // Closing may write to the network.
    last.ifPresent(open -> opener.execute(open::close));
  }

  private void openNow() {
    int mine;
    Optional<String> begin;
    synchronized (this) {
      if (closed) {
        return;
      }
      mine = ++opening;
      begin = from;
      openedAt = clock.now().uptimeMillis();
    }
    Connection fresh;
    try {
      fresh = connector.open(selection, begin, new Ears(mine));
    } catch (WatchFailure e) {
      ended(mine, e);
      return;
    }
    boolean current;
    synchronized (this) {
      current = mine == opening;
      if (current) {
        connection = Optional.of(fresh);
        timer = timers.schedule(BELIEVED, () -> ended(mine, WatchFailure.lost()));
      }
    }
    if (current) {
      owner.opened(this);
    } else {
      fresh.close();
    }
  }

  private void ended(int mine, WatchFailure why) {
    Optional<Connection> last;
    synchronized (this) {
      if (mine != opening) {
        return;
      }
      opening++;
      last = connection;
      connection = Optional.empty();
      timer.cancel();
      if (why.kind() == WatchFailure.Kind.GONE) {
        from = Optional.empty();
      }
      boolean good = last.isPresent() && clock.now().uptimeMillis() - openedAt >= GOOD.toMillis();
      failures = good ? 1 : failures + 1;
      timer = timers.schedule(pause(why), this::open);
    }
    last.ifPresent(open -> opener.execute(open::close));
    if (why.kind() == WatchFailure.Kind.FORBIDDEN) {
      owner.forbidden(this);
    }
  }

  private Duration pause(WatchFailure why) {
    Duration wait = Backoff.WATCH.after(failures, random);
    Duration asked = why.retryAfter().orElse(Duration.ZERO);
    Duration bounded = asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    return wait.compareTo(bounded) > 0 ? wait : bounded;
  }

  /** What one opening hears; once another has begun, nothing more. */
  private final class Ears implements WatchConnector.Events {
    private final int mine;

    Ears(int mine) {
      this.mine = mine;
    }

    @Override
    public void at(String resourceVersion) {
      synchronized (LastingWatch.this) {
        if (mine == opening) {
          from = Optional.ofNullable(resourceVersion);
        }
      }
    }

    @Override
    public void changed(String namespace, String name) {
      synchronized (LastingWatch.this) {
        if (mine != opening) {
          return;
        }
      }
      owner.changed(namespace, name);
    }

    @Override
    public void ended(WatchFailure why) {
      LastingWatch.this.ended(mine, why);
    }
  }
}
