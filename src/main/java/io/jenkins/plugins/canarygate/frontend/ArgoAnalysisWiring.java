package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.evidence.argo.ArgoAnalysisSection;
import io.jenkins.plugins.canarygate.evidence.argo.ArgoAnalysisSource;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a gate asks of Argo's own analysis. */
final class ArgoAnalysisWiring implements SourceWiring {
  private final Gate gate;
  private final Set<String> checks;

  ArgoAnalysisWiring(Gate gate) {
    this.gate = gate;
    this.checks =
        gate.sources().entrySet().stream()
            .filter(entry -> entry.getValue() instanceof ArgoAnalysisSection)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
  }

  @Override
  public Set<String> checks() {
    return checks;
  }

  @Override
  public Made make(Access access, Supplier<KubernetesClient> cluster) {
    return new Made(
        new ArgoAnalysisSource(
            cluster.get(), gate.rollout().namespace(), gate.rollout().name(), checks),
        Optional.empty(),
        List.of());
  }

  /** The rights that it takes are the driver's as well. */
  @Override
  public Preflight preflight(Access access, Supplier<KubernetesClient> cluster) {
    return now -> List.of();
  }
}
