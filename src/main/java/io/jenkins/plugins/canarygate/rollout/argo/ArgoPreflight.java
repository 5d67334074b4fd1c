package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.kube.ClusterFindings;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.Rights;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verifies, before traffic shifts, that a gate on an Argo Rollout can do its work. */
public final class ArgoPreflight {
  private final KubeApi api;
  private final Target target;
  private final boolean acts;
  private final boolean holds;
  private final List<Finding> findings = new ArrayList<>();

  private ArgoPreflight(KubernetesClient client, Target target, boolean acts, boolean holds) {
    this.api = new KubeApi(client);
    this.target = target;
    this.acts = acts;
    this.holds = holds;
  }

  /**
   * Looks at server, kind, rights and object.
   *
   * @param client a client of the cluster; it is not closed
   * @param target the Rollout, and what of it
   * @param acts whether the gate may promote or abort
   * @param holds whether it sets {@code spec.paused}
   */
  public static List<Finding> examine(
      KubernetesClient client, Target target, boolean acts, boolean holds) {
    return new ArgoPreflight(client, target, acts, holds).examine(true);
  }

  /**
   * Looks at server, kind and all rights that gates can need in a namespace, without any Rollout.
   *
   * @param client a client of the cluster; it is not closed
   */
  public static List<Finding> connection(KubernetesClient client, String namespace) {
    Target any =
        new Target(
            "Rollout", Optional.empty(), namespace, "any", RevisionAsked.any(), At.nextPause());
    return new ArgoPreflight(client, any, true, true).examine(false);
  }

  private List<Finding> examine(boolean withObject) {
    try {
      ClusterFindings cluster = new ClusterFindings(api, findings);
      if (cluster.server() && cluster.serves(ArgoSection.ROLLOUTS)) {
        findings.addAll(new Rights(api, target.namespace()).examine(ArgoRights.of(acts, holds)));
        if (withObject) {
          object();
        }
      }
    } catch (KubeApi.NoAnswerException e) {
      findings.add(ClusterFindings.unanswered(e));
    }
    return List.copyOf(findings);
  }

  private void object() throws KubeApi.NoAnswerException {
    Reader reader = new Reader(api, target);
    Notes notes = Notes.of(Memory.empty());
    try {
      Optional<RolloutStatus> rollout = reader.rollout();
      if (rollout.isEmpty()) {
        absent();
        return;
      }
      Optional<JsonNode> ref = rollout.get().strategy().workloadRef();
      if (ref.isPresent()) {
        findings.addAll(
            new Rights(api, target.namespace()).examine(List.of(ArgoRights.workload(ref.get()))));
      }
      List<ReplicaSetView> sets = reader.sets(rollout.get(), notes);
      findings.addAll(new RolloutPreflight(target, rollout.get(), sets, notes).examine());
    } catch (LookException e) {
      findings.add(Finding.error(target.toString(), e.getMessage(), "see the findings above"));
    }
  }

  private void absent() throws KubeApi.NoAnswerException {
    KubeApi.Answer space = api.get("/api/v1/namespaces/" + target.namespace());
    findings.add(
        space.code() == 404
            ? Finding.error(
                target.toString(),
                "there is no namespace " + target.namespace() + " in " + api.server(),
                "name the right namespace, or the context of the right cluster")
            : Finding.warning(
                target.toString(),
                "there is no such Rollout yet",
                "nothing, if the pipeline makes it; its first deploy is never gated"));
  }
}
