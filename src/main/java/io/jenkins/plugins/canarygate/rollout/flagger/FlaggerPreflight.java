package io.jenkins.plugins.canarygate.rollout.flagger;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verifies, before traffic shifts, that a gate on a Canary can do its work. */
public final class FlaggerPreflight {
  private static final List<String> ALL_WORKLOADS = List.of("deployments", "daemonsets");
  private final KubeApi api;
  private final Target target;
  private final GateNeeds needs;
  private final List<Finding> findings = new ArrayList<>();

  private FlaggerPreflight(KubernetesClient client, Target target, GateNeeds needs) {
    this.api = new KubeApi(client);
    this.target = target;
    this.needs = needs;
  }

  /**
   * Looks at server, kind, rights, object and hooks.
   *
   * @param client a client of the cluster; it is not closed
   * @param target the Canary, and what of it
   */
  public static List<Finding> examine(KubernetesClient client, Target target, GateNeeds needs) {
    return new FlaggerPreflight(client, target, needs).examine(true);
  }

  /**
   * Looks at server, kind and all rights that gates can need in a namespace, without any Canary.
   *
   * @param client a client of the cluster; it is not closed
   */
  public static List<Finding> connection(KubernetesClient client, String namespace) {
    Target any =
        new Target(
            FlaggerSection.CANARIES.kind(),
            Optional.empty(),
            namespace,
            "any",
            RevisionAsked.any(),
            At.promotion());
    GateNeeds all = new GateNeeds(true, true, Duration.ZERO, Duration.ZERO);
    return new FlaggerPreflight(client, any, all).examine(false);
  }

  private List<Finding> examine(boolean withObject) {
    try {
      ClusterFindings cluster = new ClusterFindings(api, findings);
      if (cluster.server() && cluster.serves(FlaggerSection.CANARIES)) {
        if (withObject) {
          object();
        } else {
          rights(Optional.empty());
        }
      }
    } catch (KubeApi.NoAnswerException e) {
      findings.add(ClusterFindings.unanswered(e));
    }
    return List.copyOf(findings);
  }

  private void object() throws KubeApi.NoAnswerException {
    Reader reader = new Reader(api, target);
    try {
      Optional<CanaryView> canary = reader.canary();
      rights(canary);
      if (canary.isEmpty()) {
        findings.add(
            Finding.warning(
                target.toString(),
                reader.objects().absence(),
                "nothing, if the pipeline makes it; its first deploy is never gated"));
        return;
      }
      Notes notes = Notes.of(Memory.empty());
      Optional<TargetView> workload = reader.workload(canary.get());
      RevisionReader.Ours ours =
          new RevisionReader(target.revision())
              .read(canary.get(), workload, Optional.empty(), notes);
      Optional<TargetView> primary = reader.primary(canary.get(), ours, notes);
      findings.addAll(
          new CanaryPreflight(target, canary.get(), workload, primary, needs).examine());
    } catch (LookException e) {
      findings.add(Finding.error(target.toString(), e.getMessage(), "see the findings beside it"));
    }
  }

  private void rights(Optional<CanaryView> canary) throws KubeApi.NoAnswerException {
    List<String> workloads =
        canary
            .filter(CanaryView::gateable)
            .map(found -> List.of(Workloads.of(found).plural()))
            .orElse(ALL_WORKLOADS);
    findings.addAll(
        new Rights(api, target.namespace()).examine(FlaggerRights.of(workloads, needs.acts())));
  }
}
