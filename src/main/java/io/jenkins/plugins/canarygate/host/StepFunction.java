package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Moment;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Step;

/** One step of a gate, as {@link io.jenkins.plugins.canarygate.gate.GateEngine#step} takes it. */
@FunctionalInterface
public interface StepFunction {
  Step step(GateSession session, Moment moment, Seen seen);
}
