package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.HandCommands;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.NamedCheck;
import io.jenkins.plugins.canarygate.rollout.Abilities;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.DriverSection;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the source of a named check. It is wired as a gate of this one check would be that touches
 * no rollout, so that whatever a gate can ask a named check can.
 */
public final class NamedCheckWiring {
  private final Access access;
  private final Supplier<KubernetesClient> cluster;

  /**
   * @param access what checks share: the same account at each call
   * @param cluster a client of the cluster, for the sources that need one
   */
  public NamedCheckWiring(Access access, Supplier<KubernetesClient> cluster) {
    this.access = new OfTheServer(access);
    this.cluster = cluster;
  }

  /** The source of a check; nothing is contacted yet. */
  public EvidenceSource source(NamedCheck.Asked asked) {
    Check check = asked.check();
    GateSpec spec = spec(check, asked.digest());
    Gate gate = Gate.measuring(spec, new NoRollout(), Map.of(check.name(), asked.section()));
    return GateWiring.sources(gate, spec).stream()
        .filter(wiring -> wiring.checks().contains(check.name()))
        .findFirst()
        .map(wiring -> wiring.make(access, cluster).source())
        .orElseThrow(() -> new IllegalStateException("no source measures " + check.source()));
  }

  private static GateSpec spec(Check check, String digest) {
    NoRollout none = new NoRollout();
    return new GateSpec(
        check.name(),
        digest,
        Map.of(),
        Mode.CHECK,
        new Target(
            none.kind(),
            Optional.empty(),
            none.namespace(),
            none.name(),
            RevisionAsked.any(),
            At.progressing()),
        false,
        List.of(check),
        Optional.empty(),
        Policy.DEFAULT,
        Timeouts.DEFAULT,
        false,
        Optional.empty(),
        new HandCommands("", ""));
  }

  /** There is no plan of named checks: their roles come with the server. */
  private record OfTheServer(Access access) implements Access {
    @Override
    public Cluster cluster() {
      return access.cluster();
    }

    @Override
    public HoneycombAccount honeycomb() {
      return access.honeycomb();
    }

    @Override
    public PrometheusClient prometheus() {
      return access.prometheus();
    }

    @Override
    public String roles() {
      return "the Role in docs/install/gate-server/keptn-namespace grants it";
    }
  }

  /** A named check has no rollout. */
  private record NoRollout() implements DriverSection {
    @Override
    public String kind() {
      return "none";
    }

    @Override
    public String namespace() {
      return "";
    }

    @Override
    public String name() {
      return "";
    }

    @Override
    public Abilities abilities() {
      return new Abilities(At.progressing(), Map.of(), false);
    }
  }
}
