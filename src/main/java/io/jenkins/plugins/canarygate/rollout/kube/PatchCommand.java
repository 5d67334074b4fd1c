package io.jenkins.plugins.canarygate.rollout.kube;

import io.jenkins.plugins.canarygate.kube.ResourceKind;
import io.jenkins.plugins.canarygate.rollout.Target;

/** The command by which a person patches the one object that a driver is for. */
public final class PatchCommand {
  private PatchCommand() {}

  /**
   * A merge patch.
   *
   * @param body what is patched, as JSON without a single quote
   */
  public static String merge(ResourceKind kind, Target target, String body) {
    return "kubectl -n "
        + target.namespace()
        + " patch "
        + kind.resource()
        + " "
        + target.name()
        + " --type merge -p '"
        + body
        + "'";
  }
}
