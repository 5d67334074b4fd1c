package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.evidence.argo.ArgoAnalysisSection;
import io.jenkins.plugins.canarygate.evidence.argo.ArgoAnalysisSource;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoRolloutDriver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes what a gate runs with: the driver and the sources. */
public final class GateWiring {
  private static final WakeUps.Kind ROLLOUTS =
      new WakeUps.Kind("argoproj.io", "v1alpha1", "Rollout", "rollouts");

  private final Gate gate;
  private final GateSpec spec;
  private final Access access;
  private final HoneycombWiring honeycomb;

  /**
   * @param gate the gate file
   * @param spec the same as it is to be done now
   * @param access clients; asked only for what the gate needs
   */
  public GateWiring(Gate gate, GateSpec spec, Access access) {
    this.gate = gate;
    this.spec = spec;
    this.access = access;
    this.honeycomb = new HoneycombWiring(gate, spec);
  }

  /**
   * Makes it all. Nothing is contacted yet.
   *
   * @param gateId marks the gate's hold
   */
  public Wired wire(String gateId) {
    Map<String, EvidenceSource> sources = new HashMap<>();
    boolean measures = spec.mode() != Mode.BY_HAND;
    Optional<HoneycombWiring.Asked> asked =
        measures && honeycomb.asked()
            ? Optional.of(honeycomb.wire(access.honeycomb()))
            : Optional.empty();
    asked.ifPresent(a -> honeycomb.checks().forEach(name -> sources.put(name, a.source())));
    Set<String> analyses = measures ? analyses() : Set.of();
    Optional<Access.Cluster> cluster =
        needsCluster(analyses) ? Optional.of(access.cluster()) : Optional.empty();
    if (cluster.isPresent() && !analyses.isEmpty()) {
      EvidenceSource source =
          new ArgoAnalysisSource(
              cluster.get().client(), gate.rollout().namespace(), gate.rollout().name(), analyses);
      analyses.forEach(name -> sources.put(name, source));
    }
    Target target = spec.target();
    return new Wired(
        cluster.map(c -> driver(c.client(), gateId)),
        cluster.map(c -> driver(c.urgent(), gateId)),
        sources,
        asked.flatMap(HoneycombWiring.Asked::announcer),
        cluster.map(
            c -> new WakeUps.Topic(c.client(), ROLLOUTS, target.namespace(), target.name())),
        asked.map(HoneycombWiring.Asked::needs).orElse(List.of()));
  }

  /** What the gate asks of Honeycomb. */
  public HoneycombWiring honeycomb() {
    return honeycomb;
  }

  private boolean needsCluster(Set<String> analyses) {
    return spec.mode() != Mode.CHECK || spec.needsRollout() || !analyses.isEmpty();
  }

  private RolloutDriver driver(KubernetesClient client, String gateId) {
    return new ArgoRolloutDriver(client, spec.target(), gateId);
  }

  private Set<String> analyses() {
    return gate.sources().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof ArgoAnalysisSection)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
