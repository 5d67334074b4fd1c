package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.Config;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes what a gate runs with: clients, the driver, the sources. */
final class GateWiring {
  private static final WakeUps.Kind ROLLOUTS =
      new WakeUps.Kind("argoproj.io", "v1alpha1", "Rollout", "rollouts");

  private final Gate gate;
  private final GateSpec spec;
  private final GateOptions options;
  private final KubernetesClientFactory clients;
  private final HoneycombWiring honeycomb;
  private final List<Runnable> closing = new ArrayList<>();

  /**
   * @param gate the gate file
   * @param spec the same as it is to be done now
   */
  GateWiring(
      CanaryGateCommand command,
      Gate gate,
      GateSpec spec,
      GateOptions options,
      HoneycombOptions honeycomb) {
    this.gate = gate;
    this.spec = spec;
    this.options = options;
    this.clients = new KubernetesClientFactory(command.surroundings(), command.secrets());
    this.honeycomb =
        new HoneycombWiring(gate, spec, honeycomb, command.surroundings(), command.secrets());
  }

  /**
   * Makes it all. Nothing is contacted yet.
   *
   * @param gateId marks the gate's hold
   * @throws Misuse if a key or a cluster is missing
   */
  Wired wire(String gateId) {
    Map<String, EvidenceSource> sources = new HashMap<>();
    boolean measures = spec.mode() != Mode.BY_HAND;
    Optional<HoneycombWiring.Asked> asked =
        measures && honeycomb.asked() ? Optional.of(honeycomb.wire(closing)) : Optional.empty();
    asked.ifPresent(a -> honeycomb.checks().forEach(name -> sources.put(name, a.source())));
    Optional<KubernetesClient> client = Optional.empty();
    Optional<KubernetesClient> urgent = Optional.empty();
    Set<String> analyses = measures ? analyses() : Set.of();
    if (spec.mode() != Mode.CHECK || spec.needsRollout() || !analyses.isEmpty()) {
      Config config = config();
      client = Optional.of(closed(clients.client(config)));
      urgent = Optional.of(closed(clients.client(config)));
    }
    if (client.isPresent() && !analyses.isEmpty()) {
      EvidenceSource source =
          new ArgoAnalysisSource(
              client.get(), gate.rollout().namespace(), gate.rollout().name(), analyses);
      analyses.forEach(name -> sources.put(name, source));
    }
    Target target = spec.target();
    return new Wired(
        client.map(c -> driver(c, gateId)),
        urgent.map(c -> driver(c, gateId)),
        sources,
        asked.flatMap(HoneycombWiring.Asked::announcer),
        client.map(c -> new WakeUps.Topic(c, ROLLOUTS, target.namespace(), target.name())),
        asked.map(HoneycombWiring.Asked::needs).orElse(List.of()),
        closing);
  }

  /** A client for a look beforehand; the caller closes it. */
  KubernetesClient client() {
    return clients.client(config());
  }

  HoneycombWiring honeycomb() {
    return honeycomb;
  }

  /** The flag first, then the gate file's word for the cluster. */
  private Config config() {
    Optional<String> context = options.context().or(() -> spec.target().cluster());
    return clients.config(options.kubeconfig(), context);
  }

  private RolloutDriver driver(KubernetesClient client, String gateId) {
    return new ArgoRolloutDriver(client, spec.target(), gateId);
  }

  private KubernetesClient closed(KubernetesClient client) {
    closing.add(client::close);
    return client;
  }

  private Set<String> analyses() {
    return gate.sources().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof ArgoAnalysisSection)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
