package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusGate;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusPreflight;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusSection;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusSource;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a gate asks of Prometheus. */
final class PrometheusWiring implements SourceWiring {
  private final PrometheusGate asked;

  PrometheusWiring(Gate gate, GateSpec spec) {
    Map<String, PrometheusSection> sections = new LinkedHashMap<>();
    gate.sources()
        .forEach(
            (name, section) -> {
              if (section instanceof PrometheusSection prometheus) {
                sections.put(name, prometheus);
              }
            });
    Map<String, Check> checks = new HashMap<>();
    sections.keySet().forEach(name -> checks.put(name, spec.check(name)));
    Map<String, String> values = new HashMap<>(spec.parameters());
    values.put("rollout.name", spec.target().name());
    values.put("rollout.namespace", spec.target().namespace());
    this.asked = new PrometheusGate(sections, checks, values);
  }

  @Override
  public Set<String> checks() {
    return asked.sections().keySet();
  }

  @Override
  public Made make(Access access, Supplier<KubernetesClient> cluster) {
    return new Made(new PrometheusSource(access.prometheus(), asked), Optional.empty(), List.of());
  }

  @Override
  public Preflight preflight(Access access, Supplier<KubernetesClient> cluster) {
    PrometheusClient client = access.prometheus();
    return now -> new PrometheusPreflight(client, asked).look(Map.of(), now);
  }
}
