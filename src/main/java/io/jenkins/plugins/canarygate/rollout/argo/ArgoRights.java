package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.Rights.Right;
import java.util.ArrayList;
import java.util.List;

/** The rights that a gate on a Rollout takes. */
final class ArgoRights {
  private static final String GROUP = ArgoSection.ROLLOUTS.group();

  private ArgoRights() {}

  static List<Right> of(boolean acts, boolean holds) {
    List<Right> rights = new ArrayList<>();
    for (String verb : List.of("get", "list", "watch")) {
      rights.add(new Right(verb, GROUP, "rollouts", "to follow the rollout"));
    }
    for (String verb : List.of("get", "list", "watch")) {
      rights.add(new Right(verb, GROUP, "analysisruns", "to count the analysis"));
    }
    for (String verb : List.of("get", "list")) {
      rights.add(new Right(verb, "apps", "replicasets", "to read the image of a revision"));
    }
    if (acts) {
      rights.add(new Right("patch", GROUP, "rollouts/status", "to promote and to abort"));
    }
    if (holds) {
      rights.add(
          new Right(
              "patch",
              GROUP,
              "rollouts",
              "to hold a pause (it also lets its owner deploy any image)"));
    }
    return rights;
  }

  static Right workload(JsonNode ref) {
    String version = ref.path("apiVersion").asText("apps/v1");
    int slash = version.indexOf('/');
    return new Right(
        "get",
        slash < 0 ? "" : version.substring(0, slash),
        Reader.plural(ref),
        "to see whether the controller has seen workloadRef's template");
  }
}
