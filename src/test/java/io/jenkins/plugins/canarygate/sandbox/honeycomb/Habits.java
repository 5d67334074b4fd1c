package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How the simulated Honeycomb behaves where the real one can do this or that. */
public final class Habits {
  private int pendingGets = 1;
  private Duration pendingTime = Duration.ZERO;
  private Duration ingestLag = Duration.ZERO;
  private String locationBase = "";
  private boolean beta;
  private final Deque<Deviation> deviations = new ArrayDeque<>();
  private Deviation always = Deviation.NONE;

  /** A result is incomplete at so many looks; at first one. */
  public synchronized Habits pendingGets(int number) {
    pendingGets = number;
    return this;
  }

  /** A result is incomplete for so long on the clock; at first no time. */
  public synchronized Habits pendingTime(Duration time) {
    pendingTime = time;
    return this;
  }

  /** How long an event takes until queries see it; at first no time. */
  public synchronized Habits ingestLag(Duration lag) {
    ingestLag = lag;
    return this;
  }

  /** The Location of results names another host. */
  public synchronized Habits locationOnHost(String base) {
    locationBase = base;
    return this;
  }

  /** The team has the beta with named and filtered calculations. */
  public synchronized Habits withBeta() {
    beta = true;
    return this;
  }

  /** The result that is created next is odd. Several come in turn. */
  public synchronized Habits nextResult(Deviation deviation) {
    deviations.add(deviation);
    return this;
  }

  /** All results are odd from now on. */
  public synchronized Habits allResults(Deviation deviation) {
    always = deviation;
    return this;
  }

  synchronized Deviation next() {
    return deviations.isEmpty() ? always : deviations.remove();
  }

  synchronized int pendingGets() {
    return pendingGets;
  }

  synchronized Duration pendingTime() {
    return pendingTime;
  }

  synchronized Duration ingestLag() {
    return ingestLag;
  }

  synchronized String locationBase() {
    return locationBase;
  }

  synchronized boolean hasBeta() {
    return beta;
  }
}
