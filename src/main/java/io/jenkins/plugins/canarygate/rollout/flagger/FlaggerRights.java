package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.kube.Rights.Right;
import java.util.ArrayList;
import java.util.List;

/** The rights that a gate on a Canary takes. */
final class FlaggerRights {
  private static final String GROUP = FlaggerSection.CANARIES.group();

  private FlaggerRights() {}

  /**
   * The rights in the Canary's namespace.
   *
   * @param workloads {@code deployments}, {@code daemonsets}, or both
   * @param acts whether the gate may promote or abort
   */
  static List<Right> of(List<String> workloads, boolean acts) {
    List<Right> rights = new ArrayList<>();
    for (String verb : List.of("get", "list", "watch")) {
      rights.add(new Right(verb, GROUP, "canaries", "to follow the rollout"));
    }
    for (String resource : workloads) {
      rights.add(new Right("get", "apps", resource, "to see what the target and the primary hold"));
    }
    if (acts) {
      rights.add(
          new Right(
              "patch",
              GROUP,
              "canaries",
              "to write the decision's annotation (it also permits spec.skipAnalysis)"));
    }
    return rights;
  }
}
