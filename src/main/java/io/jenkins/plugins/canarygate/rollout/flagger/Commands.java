package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.kube.PatchCommand;

/** The exact commands that a person is told. */
final class Commands {
  private Commands() {}

  /** Lets Flagger go on. */
  static String resume(Target target) {
    return patch(target, "{\"spec\":{\"suspend\":false}}");
  }

  /** Promotes what is promoted already, which ends an analysis that would never end by itself. */
  static String skipAnalysis(Target target) {
    return patch(target, "{\"spec\":{\"skipAnalysis\":true}}");
  }

  /** Takes another gate's decision away. */
  static String undecide(Target target) {
    return patch(target, "{\"metadata\":{\"annotations\":{\"" + Decision.ANNOTATION + "\":null}}}");
  }

  private static String patch(Target target, String body) {
    return PatchCommand.merge(FlaggerSection.CANARIES, target, body);
  }
}
