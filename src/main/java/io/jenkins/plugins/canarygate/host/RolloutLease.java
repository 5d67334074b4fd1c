package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.Moment;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Sees to it that one gate at a time acts on a rollout, wherever its process runs: it holds a Lease
 * and renews it. A holder that was silent for {@link #SILENCE}, watched on this process's own
 * clock, is taken for gone; one that cannot renew stops {@link #MARGIN} before others may think so.
 * One that is alive may be about to end: for {@link #FAREWELL} it is waited for.
 */
public final class RolloutLease implements AutoCloseable {
  /** For how long a holder may be silent. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Duration RENEW = Duration.ofSeconds(8);
  private static final Duration MARGIN = Duration.ofSeconds(8);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * A pod that is told to stop has 30 s. Tekton starts a retry, and the tasks of {@code finally},
   * without waiting for it.
   */
  private static final Duration FAREWELL = Duration.ofSeconds(40);

  private final Lease lease;
  private final String holder;
  private final HostClock clock;
  private final Timers timers;
  private final Executor calls;
  private final CompletableFuture<RolloutLease> acquired = new CompletableFuture<>();

  private Optional<Lease.State> found = Optional.empty();
  private long foundSince;
  private long begun;
  private Optional<Lease.State> mine = Optional.empty();
  private long goodUntil;
  private String lost = "";
  private Timers.Cancellable timer = () -> {};
  private boolean closed;

  /**
   * @param holder who holds it: another process must have another name
   * @param calls a thread for calls that block
   */
  public RolloutLease(Lease lease, String holder, HostClock clock, Timers timers, Executor calls) {
    this.lease = lease;
    this.holder = holder;
    this.clock = clock;
    this.timers = timers;
    this.calls = calls;
  }

  /**
   * Takes the Lease: at once if it is free, otherwise once its holder has been silent for long.
   *
   * @return completes with this once it is held; exceptionally with an {@link IOException} if its
   *     holder is alive and stays so, or it cannot be had
   */
  public CompletableFuture<RolloutLease> acquire() {
    begun = uptime();
    calls.execute(this::attempt);
    return acquired;
  }

  /** Why nothing may be done any more; empty while the Lease is held. */
  public synchronized Optional<String> lost() {
    if (!lost.isEmpty()) {
      return Optional.of(lost);
    }
    if (mine.isEmpty() || uptime() >= goodUntil) {
      return Optional.of(
          "the "
              + lease
              + " could not be renewed in time, so that another gate may have begun: nothing more"
              + " is done here");
    }
    return Optional.empty();
  }

  /** Gives it up, if it is held. */
  @Override
  public void close() {
    Optional<Lease.State> last;
    synchronized (this) {
      closed = true;
      timer.cancel();
      last = lost().isEmpty() ? mine : Optional.empty();
      mine = Optional.empty();
    }
    if (last.isPresent()) {
      try {
        lease.release(last.get());
      } catch (KubeApi.NoAnswerException | Lease.RefusedException unreleased) {
        // Whoever comes next waits until it has been silent for long.
      }
    }
  }

  private synchronized void attempt() {
    if (closed || acquired.isDone()) {
      return;
    }
    try {
      Optional<Lease.State> now = lease.read();
      boolean free = now.flatMap(Lease.State::holder).filter(h -> !h.equals(holder)).isEmpty();
      if (free || silent(now.get())) {
        take(now);
      } else {
        again();
      }
    } catch (KubeApi.NoAnswerException e) {
      if (uptime() - begun < PATIENCE.toMillis()) {
        again();
      } else {
        acquired.completeExceptionally(new IOException(e.getMessage(), e));
      }
    } catch (Lease.RefusedException e) {
      acquired.completeExceptionally(new IOException(e.getMessage(), e));
    }
  }

  private void take(Optional<Lease.State> over)
      throws KubeApi.NoAnswerException, Lease.RefusedException {
    Moment moment = clock.now();
    Optional<Lease.State> taken = lease.take(over, holder, SILENCE, moment.now());
    if (taken.isEmpty()) {
      again();
      return;
    }
    hold(taken.get(), moment);
    acquired.complete(this);
  }

  /** Whether the holder was silent for long; one that renews and does not end is refused. */
  private boolean silent(Lease.State now) {
    boolean same =
        found
            .filter(f -> f.renewed().equals(now.renewed()) && f.holder().equals(now.holder()))
            .isPresent();
    if (!same) {
      boolean alive = found.isPresent() && found.get().holder().equals(now.holder());
      if (alive && uptime() - begun >= FAREWELL.toMillis()) {
        acquired.completeExceptionally(new SessionBusyException(lease, now.holder().orElse("")));
      }
      found = Optional.of(now);
      foundSince = uptime();
      return false;
    }
    return uptime() - foundSince >= now.held().toMillis();
  }

  private void again() {
    timer = timers.schedule(LOOK, () -> calls.execute(this::attempt));
  }

  private void hold(Lease.State state, Moment asked) {
    mine = Optional.of(state);
    // Counted from before it was sent: that is when others may begin to count.
    goodUntil = asked.uptimeMillis() + SILENCE.minus(MARGIN).toMillis();
    timer = timers.schedule(RENEW, () -> calls.execute(this::renew));
  }

  private void renew() {
    Optional<Lease.State> last;
    synchronized (this) {
      last = mine;
      if (closed || last.isEmpty()) {
        return;
      }
    }
    Moment moment = clock.now();
    try {
      Optional<Lease.State> renewed = lease.renew(last.get(), moment.now());
      synchronized (this) {
        if (closed) {
          return;
        }
        if (renewed.isPresent()) {
          hold(renewed.get(), moment);
        } else {
          checkLost();
        }
      }
    } catch (KubeApi.NoAnswerException | Lease.RefusedException e) {
      synchronized (this) {
        if (!closed) {
          timer = timers.schedule(LOOK, () -> calls.execute(this::renew));
        }
      }
    }
  }

  /** A renewal whose answer was lost looks like another's write: only the holder tells. */
  private void checkLost() throws KubeApi.NoAnswerException, Lease.RefusedException {
    Optional<Lease.State> now = lease.read();
    if (now.flatMap(Lease.State::holder).filter(holder::equals).isPresent()) {
      mine = now;
      timer = timers.schedule(Duration.ZERO, () -> calls.execute(this::renew));
      return;
    }
    lost =
        "the "
            + lease
            + " was taken by "
            + now.flatMap(Lease.State::holder).orElse("nobody: it was removed")
            + ": nothing more is done here";
    mine = Optional.empty();
  }

  private long uptime() {
    return clock.now().uptimeMillis();
  }
}
