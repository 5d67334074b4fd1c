package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombBudget;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombGate;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombGateSection.Marker;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombMarkers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombPreflight;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSource;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a gate asks of Honeycomb: its checks and its marker. */
final class HoneycombWiring implements SourceWiring {
  private final GateSpec spec;
  private final Map<String, HoneycombSection> sections = new LinkedHashMap<>();
  private final HoneycombGate asked;
  private final Optional<Marker> marker;

  HoneycombWiring(Gate gate, GateSpec spec) {
    this.spec = spec;
    gate.sources()
        .forEach(
            (name, section) -> {
              if (section instanceof HoneycombSection honeycomb) {
                sections.put(name, honeycomb);
              }
            });
    Map<String, Check> checks = new HashMap<>();
    sections.keySet().forEach(name -> checks.put(name, spec.check(name)));
    Map<String, String> values = new HashMap<>(spec.parameters());
    values.put("rollout.name", spec.target().name());
    values.put("rollout.namespace", spec.target().namespace());
    this.asked = new HoneycombGate(sections, checks, gate.honeycombCohorts(), values);
    // Only a real run leaves a mark on other people's plots (rules C1, C2).
    this.marker =
        gate.honeycomb()
            .flatMap(section -> Optional.ofNullable(section.marker()))
            .filter(m -> spec.mode() == Mode.RUN);
  }

  @Override
  public boolean asked() {
    return !sections.isEmpty() || marker.isPresent();
  }

  @Override
  public Set<String> checks() {
    return sections.keySet();
  }

  @Override
  public Made make(Access access, Supplier<KubernetesClient> cluster) {
    HoneycombAccount account = access.honeycomb();
    return new Made(
        new HoneycombSource(account.client(), account.quota(), account.answers(), asked),
        marker.map(m -> new HoneycombMarkers(account.client(), m)),
        needs(account));
  }

  @Override
  public Preflight preflight(Access access, Supplier<KubernetesClient> cluster) {
    HoneycombAccount account = access.honeycomb();
    HoneycombPreflight preflight =
        new HoneycombPreflight(
            account.client(), asked, marker.isPresent(), account.quota().perMinute());
    return now -> preflight.look(Map.of(), now, spec.timeouts().total());
  }

  private List<String> needs(HoneycombAccount account) {
    List<String> lines = new ArrayList<>();
    HoneycombBudget budget = HoneycombBudget.of(asked, account.quota().perMinute());
    lines.add(budget.line());
    Duration total = spec.timeouts().total();
    Duration least = budget.span().plus(budget.waiting());
    if (least.compareTo(total) > 0) {
      lines.add(
          "Honeycomb's results come after "
              + Numbers.length(least)
              + ", but timeouts.total is "
              + Numbers.length(total)
              + "; raise it, ask less often, or raise "
              + account.setting());
    }
    return lines;
  }
}
