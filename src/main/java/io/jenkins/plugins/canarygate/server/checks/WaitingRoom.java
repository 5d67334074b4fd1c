package io.jenkins.plugins.canarygate.server.checks;

import java.util.concurrent.atomic.AtomicInteger;

/** How many questions wait for a measurement at the same time: each of them holds a connection. */
final class WaitingRoom {
  private final int most;
  private final AtomicInteger waiting = new AtomicInteger();

  WaitingRoom(int most) {
    this.most = most;
  }

  /** Takes a place, if there is one; {@link #leave} gives it back. */
  boolean enter() {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    waiting.decrementAndGet();
  }
}
