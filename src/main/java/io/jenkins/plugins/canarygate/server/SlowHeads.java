package io.jenkins.plugins.canarygate.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * Ends connections whose next request takes too long to begin: Jetty's own time-out begins anew
 * with each byte, so a client that sends one now and then would hold its connection for ever.
 */
final class SlowHeads implements Connection.Listener {
  private static final class State {
    private boolean busy;
    private boolean head = true;
    private long headSince;
    private long bytes;
  }

  private final Duration longest;
  private final LongSupplier nanos;
  private final Runnable ended;
  private final Map<Connection, State> open = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock that only goes forward
   * @param ended told of each connection that was ended
   */
  SlowHeads(Duration longest, LongSupplier nanos, Runnable ended) {
    this.longest = longest;
    this.nanos = nanos;
    this.ended = ended;
  }

  @Override
  public void onOpened(Connection connection) {
    State state = new State();
    state.headSince = nanos.getAsLong();
    open.put(connection, state);
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** How many connections are open. */
  int count() {
    return open.size();
  }

  /** The headers of a request have come whole. */
  void began(Connection connection) {
    State state = open.get(connection);
    if (state != null) {
      synchronized (state) {
        state.busy = true;
      }
    }
  }

  /** The request has been answered. */
  void answered(Connection connection) {
    State state = open.get(connection);
    if (state != null) {
      synchronized (state) {
        state.busy = false;
        state.head = false;
        state.bytes = connection.getBytesIn();
      }
    }
  }

  /** Ends those that are too slow; to be called about every second. */
  void sweep() {
    long now = nanos.getAsLong();
    open.forEach(
        (connection, state) -> {
          if (tooSlow(connection, state, now)) {
            ended.run();
            connection.getEndPoint().close();
          }
        });
  }

  private boolean tooSlow(Connection connection, State state, long now) {
    synchronized (state) {
      if (state.busy) {
        return false;
      }
      if (!state.head && connection.getBytesIn() > state.bytes) {
        state.head = true;
        state.headSince = now;
      }
      return state.head && now - state.headSince > longest.toNanos();
    }
  }
}
