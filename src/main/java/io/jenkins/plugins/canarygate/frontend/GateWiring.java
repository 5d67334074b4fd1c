package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes what a gate runs with: the driver and the sources. */
public final class GateWiring {
  private final GateSpec spec;
  private final Access access;
  private final Controller controller;
  private final List<SourceWiring> wirings;

  /**
   * @param gate the gate file
   * @param spec the same as it is to be done now
   * @param access clients; asked only for what the gate needs
   */
  public GateWiring(Gate gate, GateSpec spec, Access access) {
    this.spec = spec;
    this.access = access;
    this.controller = Controllers.of(gate.rollout());
    this.wirings = sources(gate, spec);
  }

  /** What a gate asks, source by source: the one register of them. */
  static List<SourceWiring> sources(Gate gate, GateSpec spec) {
    return List.of(
        new HoneycombWiring(gate, spec),
        new KeptnWiring(gate, spec),
        new ArgoAnalysisWiring(gate),
        new PrometheusWiring(gate, spec));
  }

  /**
   * Makes it all. Nothing is contacted yet.
   *
   * @param gateId marks what is the gate's own
   */
  public Wired wire(String gateId) {
    OneCluster cluster = new OneCluster(access);
    Map<String, EvidenceSource> sources = new HashMap<>();
    List<Announcer> announcers = new ArrayList<>();
    List<String> needs = new ArrayList<>();
    for (SourceWiring wiring : asked()) {
      SourceWiring.Made made = make(wiring, cluster);
      wiring.checks().forEach(name -> sources.put(name, made.source()));
      made.announcer().ifPresent(announcers::add);
      needs.addAll(made.needs());
    }
    return wired(cluster, gateId, sources, announcers.stream().findFirst(), needs);
  }

  private SourceWiring.Made make(SourceWiring wiring, OneCluster cluster) {
    try {
      return wiring.make(access, cluster::client);
    } catch (Access.GoneException gone) {
      return new SourceWiring.Made(new GoneSource(gone.getMessage()), Optional.empty(), List.of());
    }
  }

  /** Makes the driver alone, for a gate that only has to end. Nothing is contacted yet. */
  public Wired wireDriver(String gateId) {
    return wired(new OneCluster(access), gateId, Map.of(), Optional.empty(), List.of());
  }

  private Wired wired(
      OneCluster cluster,
      String gateId,
      Map<String, EvidenceSource> sources,
      Optional<Announcer> announcer,
      List<String> needs) {
    Target target = spec.target();
    Optional<Access.Cluster> driven =
        needsRollout() ? Optional.of(cluster.get()) : Optional.empty();
    return new Wired(
        driven.map(c -> controller.driver(c.client(), spec, gateId)),
        driven.map(c -> controller.driver(c.urgent(), spec, gateId)),
        sources,
        announcer,
        driven.map(
            c ->
                new WakeUps.Topic(
                    c.client(), controller.kind(), target.namespace(), target.name())),
        needs);
  }

  /**
   * Verifies what {@link #wire} would run with. All clients are made before anything is contacted:
   * what is wrong with a setting is told first.
   */
  public List<Finding> preflight(InstantSource clock) {
    KubernetesClient cluster = access.cluster().client();
    List<SourceWiring.Preflight> preflights =
        asked().stream().map(wiring -> wiring.preflight(access, () -> cluster)).toList();
    List<Finding> findings = new ArrayList<>(controller.examine(cluster, spec));
    preflights.forEach(preflight -> findings.addAll(preflight.look(clock.instant())));
    return findings;
  }

  /** Whether an account at Honeycomb is needed. */
  public boolean asksHoneycomb() {
    return wirings.stream().anyMatch(w -> w instanceof HoneycombWiring && w.asked());
  }

  /** Whether a Prometheus is needed. */
  public boolean asksPrometheus() {
    return wirings.stream().anyMatch(w -> w instanceof PrometheusWiring && w.asked());
  }

  private List<SourceWiring> asked() {
    return spec.mode() == Mode.BY_HAND
        ? List.of()
        : wirings.stream().filter(SourceWiring::asked).toList();
  }

  private boolean needsRollout() {
    return spec.mode() != Mode.CHECK || spec.needsRollout();
  }

  /** The cluster of the gate's rollout, asked for once. */
  private static final class OneCluster {
    private final Access access;
    private Access.Cluster cluster;

    OneCluster(Access access) {
      this.access = access;
    }

    Access.Cluster get() {
      if (cluster == null) {
        cluster = access.cluster();
      }
      return cluster;
    }

    KubernetesClient client() {
      return get().client();
    }
  }
}
