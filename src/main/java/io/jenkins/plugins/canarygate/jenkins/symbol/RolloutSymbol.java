package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.model.Describable;
import java.util.Map;

/** Which rollout a gate is for, as a symbol in a Jenkinsfile. */
public abstract class RolloutSymbol implements Describable<RolloutSymbol> {

  /** The {@code rollout} section of a gate file. */
  public abstract Map<String, Object> toTree();
}
