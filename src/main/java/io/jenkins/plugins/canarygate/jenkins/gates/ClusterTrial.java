package io.jenkins.plugins.canarygate.jenkins.gates;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoPreflight;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoSection;
import io.jenkins.plugins.canarygate.rollout.flagger.FlaggerPreflight;
import io.jenkins.plugins.canarygate.rollout.flagger.FlaggerSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** What a gate would find in a cluster, and what the cluster has for gates beside. */
final class ClusterTrial {
  private static final String ARGO = ArgoSection.ROLLOUTS.group();
  private static final String FLAGGER = FlaggerSection.CANARIES.group();
  private static final String KEPTN = "metrics.keptn.sh";

  private final KubernetesClient client;
  private final KubeApi api;

  /**
   * @param client a client of the cluster; it is not closed
   */
  ClusterTrial(KubernetesClient client) {
    this.client = client;
    this.api = new KubeApi(client);
  }

  /** Looks at it as a gate in this namespace would. Blocks; changes nothing. */
  List<Finding> look(String namespace) {
    try {
      Optional<String> argo = served(ARGO);
      Optional<String> flagger = served(FLAGGER);
      boolean flaggerAlone =
          argo.equals(Optional.of("")) && flagger.filter(v -> !v.isEmpty()).isPresent();
      List<Finding> findings =
          new ArrayList<>(
              flaggerAlone
                  ? FlaggerPreflight.connection(client, namespace)
                  : ArgoPreflight.connection(client, namespace));
      if (!findings.isEmpty() && findings.get(0).level() == Finding.Level.ERROR) {
        // There is no such server, or it lets nobody in.
        return findings;
      }
      if (flaggerAlone) {
        findings.add(told(ARGO, argo, "gates on Rollouts"));
      } else {
        findings.add(told(FLAGGER, flagger, "gates on Canaries"));
      }
      findings.add(told(KEPTN, served(KEPTN), "evidence from Keptn"));
      return findings;
    } catch (KubeApi.NoAnswerException e) {
      return ArgoPreflight.connection(client, namespace);
    }
  }

  private static Finding told(String group, Optional<String> versions, String what) {
    return Finding.ok(
        group,
        versions
            .map(
                served ->
                    served.isEmpty()
                        ? "not served: no " + what + " here"
                        : "served (" + served + ")")
            .orElse("could not be found out; " + what + " may be possible here"));
  }

  /** The versions of a group; blank where it is not served, empty where that is not told. */
  private Optional<String> served(String group) throws KubeApi.NoAnswerException {
    KubeApi.Answer answer = api.get("/apis/" + group);
    if (answer.code() == 404) {
      return Optional.of("");
    }
    StringJoiner versions = new StringJoiner(", ");
    for (JsonNode version : answer.body().path("versions")) {
      versions.add(version.path("version").asText());
    }
    return versions.length() == 0 ? Optional.empty() : Optional.of(versions.toString());
  }
}
