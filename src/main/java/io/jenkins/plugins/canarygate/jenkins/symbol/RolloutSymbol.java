package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.model.Describable;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.Map;

/** Which rollout a gate is for, as a symbol in a Jenkinsfile. */
public abstract class RolloutSymbol implements Describable<RolloutSymbol> {

  /**
   * The {@code rollout} section of a gate file.
   *
   * @throws RefusedException if what is given contradicts itself in a way that no file can
   */
  public abstract Map<String, Object> toTree() throws RefusedException;
}
