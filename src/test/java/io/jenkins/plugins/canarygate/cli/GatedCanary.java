package io.jenkins.plugins.canarygate.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.rollout.flagger.Binding;
import io.jenkins.plugins.canarygate.rollout.flagger.CanaryView;
import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.rollout.flagger.TargetView;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A Canary that Flagger has brought so far, and what a gate does with it. */
public final class GatedCanary {
  private final SandboxCluster cluster;
  private final SandboxCanary canary;
  private final Resource workload;

  private GatedCanary(SandboxCluster cluster, SandboxCanary canary, Resource workload) {
    this.cluster = cluster;
    this.canary = canary;
    this.workload = workload;
  }

  /** In WaitingPromotion, with nothing decided. */
  public static GatedCanary waiting(SandboxCluster cluster, String namespace, String name) {
    return new GatedCanary(
            cluster,
            cluster.canary(namespace, name).weighted(20, 60).create(),
            Resource.DEPLOYMENTS)
        .phase("WaitingPromotion", Instant.now());
  }

  static GatedCanary ofDaemonSet(SandboxCluster cluster, String namespace, String name) {
    return new GatedCanary(
            cluster,
            cluster.canary(namespace, name).daemonSet().weighted(20, 60).create(),
            Resource.DAEMON_SETS)
        .phase("WaitingPromotion", Instant.now());
  }

  GatedCanary phase(String phase, Instant since) {
    String status =
        """
        {'status':{'phase':'%1$s','lastAppliedSpec':'7d9f','iterations':-1,'canaryWeight':0,
         'trackedConfigs':{'configmap/settings':'a1'},
         'conditions':[{'type':'Promoted','status':'Unknown','reason':'%1$s',
           'lastUpdateTime':'%2$s','lastTransitionTime':'%2$s','message':'.'}]}}"""
            .formatted(phase, since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    cluster.change(
        new ObjectKey(Resource.CANARIES, canary.namespace(), canary.name()),
        ObjectStore.Part.STATUS,
        live -> (ObjectNode) Patches.merge(live, Json.of(status)));
    return this;
  }

  GatedCanary patch(String patch) {
    canary.patch(patch);
    return this;
  }

  /** What a gate writes down. */
  public GatedCanary decide(Decision.Action action) {
    return decide(action, Instant.now().plusSeconds(600), UnaryOperator.identity());
  }

  GatedCanary decide(Decision.Action action, Instant notAfter, UnaryOperator<Binding> binding) {
    Binding there =
        Binding.of(
            new CanaryView(canary.object()), new TargetView(cluster.store().get(target()).tree()));
    return annotate(
        Decision.ANNOTATION,
        new Decision("gate-7", action, binding.apply(there), notAfter).write());
  }

  GatedCanary annotate(String name, String text) {
    ObjectNode patch = Json.object();
    patch.withObject("/metadata/annotations").put(name, text);
    canary.patch(patch.toString());
    return this;
  }

  GatedCanary undecide() {
    canary.patch("{'metadata':{'annotations':{'" + Decision.ANNOTATION + "':null}}}");
    return this;
  }

  /** Somebody deploys again. */
  GatedCanary deploy(String image) {
    cluster.change(
        target(),
        ObjectStore.Part.WHOLE,
        live ->
            (ObjectNode)
                Patches.merge(
                    live,
                    Json.of(
                        "{'spec':{'template':{'spec':{'containers':[{'name':'app','image':'"
                            + image
                            + "'}]}}}}")));
    return this;
  }

  void deleteTarget() {
    cluster.delete(target());
  }

  private ObjectKey target() {
    return new ObjectKey(workload, canary.namespace(), canary.name());
  }

  /** What Flagger sends. */
  public String body() {
    return """
        {"name":"%s","namespace":"%s","phase":"WaitingPromotion","checksum":"5b8f","metadata":{}}"""
        .formatted(canary.name(), canary.namespace());
  }
}
