package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.rollout.DriverSection;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoSection;

/** The one register of the controllers that gates can drive. */
final class Controllers {
  private Controllers() {}

  /** The controller of a rollout. */
  static Controller of(DriverSection section) {
    if (section instanceof ArgoSection) {
      return new ArgoController();
    }
    throw new IllegalStateException("no controller is known for " + section.kind());
  }
}
