package io.jenkins.plugins.canarygate.gate;

/**
 * One step of a gate: session + now + what was seen → session + what to do + when to look again.
 */
public final class GateEngine {
  private final GateSpec spec;

  public GateEngine(GateSpec spec) {
    this.spec = spec;
  }

  /** Takes one step. Pure: the same arguments give the same step. */
  public Step step(GateSession session, Moment moment, Seen seen) {
    throw new UnsupportedOperationException(spec.name());
  }
}
