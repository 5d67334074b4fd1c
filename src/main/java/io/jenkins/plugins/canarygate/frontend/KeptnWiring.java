package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnGate;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnPreflight;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSource;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a gate asks of Keptn. */
final class KeptnWiring implements SourceWiring {
  private final Map<String, KeptnSection> sections = new LinkedHashMap<>();
  private final KeptnGate asked;

  KeptnWiring(Gate gate, GateSpec spec) {
    gate.sources()
        .forEach(
            (name, section) -> {
              if (section instanceof KeptnSection keptn) {
                sections.put(name, keptn);
              }
            });
    Map<String, Check> checks = new HashMap<>();
    sections.keySet().forEach(name -> checks.put(name, spec.check(name)));
    Map<String, String> values = new HashMap<>(spec.parameters());
    values.put("rollout.name", spec.target().name());
    values.put("rollout.namespace", spec.target().namespace());
    this.asked =
        new KeptnGate(
            spec.name(),
            spec.gateId(),
            sections,
            checks,
            values,
            new KeptnGate.Use(spec.mode() != Mode.DRY_RUN, spec.mode() != Mode.CHECK));
  }

  @Override
  public Set<String> checks() {
    return sections.keySet();
  }

  @Override
  public Made make(Access access, Supplier<KubernetesClient> cluster) {
    KeptnSource source = new KeptnSource(cluster.get(), asked, access.roles());
    return new Made(source, Optional.empty(), List.of());
  }

  @Override
  public Preflight preflight(Access access, Supplier<KubernetesClient> cluster) {
    KeptnPreflight preflight = new KeptnPreflight(cluster.get(), asked, access.roles());
    return preflight::look;
  }
}
