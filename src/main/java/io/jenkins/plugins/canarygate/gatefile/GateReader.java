package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombGateSection;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusGateSection;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.HandCommands;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.ScoreTargets;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import io.jenkins.plugins.canarygate.gatefile.CheckReader.ReadCheck;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.DriverSection;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a gate of what is written, or notes why it cannot be one. */
final class GateReader {
  private final RawGate raw;
  private final Scope root;
  private final Scope spec;

  GateReader(RawGate raw, Places places, Faults faults) {
    this.raw = raw;
    this.root = new Scope(Path.ROOT, places, faults);
    this.spec = root.field("spec");
  }

  /**
   * The gate.
   *
   * @return empty where the file has no {@code spec} or no rollout; otherwise it is a gate only if
   *     no fault was noted
   */
  Optional<Gate> read(String digest, Map<String, String> parameters, HandCommands commands) {
    if (raw.metadata() != null) {
      root.field("metadata").field("name").oneLine(raw.metadata().name());
    }
    RawGate.Spec asked = raw.spec();
    if (asked == null) {
      return Optional.empty();
    }
    RolloutReader rolloutReader = new RolloutReader(asked, spec);
    Optional<Target> target = rolloutReader.read();
    At at = rolloutReader.at();
    Optional<DriverSection> driver = rolloutReader.section();
    PolicyReader policyReader = new PolicyReader(asked, spec);
    Policy policy = policyReader.policy(at, driver);
    Timeouts timeouts = policyReader.timeouts();
    Optional<ScoreTargets> score = policyReader.score();
    CohortsReader cohorts = new CohortsReader(asked.cohorts(), spec.field("cohorts"));
    List<ReadCheck> checks = checks(cohorts, timeouts.total());
    weights(score);
    Optional<HoneycombGateSection> honeycomb = asked.sections().get(HoneycombGateSection.class);
    Scope section = spec.field("honeycomb");
    honeycomb.ifPresent(h -> h.faults().forEach(f -> section.part(f.path()).fault(f.message())));
    Optional<PrometheusGateSection> prometheus = asked.sections().get(PrometheusGateSection.class);
    Scope server = spec.field("prometheus");
    prometheus.ifPresent(p -> p.faults().forEach(f -> server.part(f.path()).fault(f.message())));
    if (spec.faults().any() || target.isEmpty()) {
      return Optional.empty();
    }
    GateSpec gate =
        new GateSpec(
            raw.metadata().name(),
            digest,
            parameters,
            Mode.RUN,
            target.get(),
            checks.stream().anyMatch(ReadCheck::needsRollout),
            checks.stream().map(ReadCheck::check).toList(),
            score,
            policy,
            timeouts,
            honeycomb.filter(h -> h.marker() != null).isPresent(),
            Optional.empty(),
            commands);
    return Optional.of(
        new Gate(
            gate,
            driver.orElseThrow(),
            sources(checks),
            cohorts.honeycomb(),
            honeycomb,
            prometheus));
  }

  private static Map<String, SourceSection> sources(List<ReadCheck> checks) {
    Map<String, SourceSection> sources = new LinkedHashMap<>();
    checks.forEach(check -> sources.put(check.check().name(), check.source()));
    return sources;
  }

  private List<ReadCheck> checks(CohortsReader cohorts, Duration total) {
    List<RawCheck> written = raw.spec().checks();
    Scope list = spec.field("checks");
    if (written == null) {
      return List.of();
    }
    if (written.isEmpty() && !list.faulty()) {
      list.fault("a gate needs at least one check");
    } else if (counted(written).isEmpty() && !list.faulty()) {
      list.fault("all are dryRun: a gate needs one that counts");
    }
    List<ReadCheck> checks = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < written.size(); i++) {
      RawCheck check = written.get(i);
      Scope scope = list.item(i);
      if (check != null) {
        unique(check.name(), i, names, scope);
        ScheduleReader schedule =
            new ScheduleReader(check, scope, raw.spec().defaults(), spec.field("defaults"));
        new CheckReader(check, scope, cohorts, schedule, total).read().ifPresent(checks::add);
      }
    }
    return checks;
  }

  private static List<RawCheck> counted(List<RawCheck> checks) {
    return checks.stream()
        .filter(check -> check != null && !Boolean.TRUE.equals(check.dryRun()))
        .toList();
  }

  private static void unique(String name, int index, Map<String, Integer> names, Scope scope) {
    Integer before = name == null ? null : names.putIfAbsent(name, index);
    if (before != null) {
      scope.field("name").fault("is the name of checks[" + before + "] as well: names are unique");
    }
  }

  /** With a score, what counts must weigh something (rule D2). */
  private void weights(Optional<ScoreTargets> score) {
    List<RawCheck> checks = raw.spec().checks() == null ? List.of() : counted(raw.spec().checks());
    boolean weightless =
        checks.stream().allMatch(check -> check.weight() != null && check.weight() == 0);
    if (score.isPresent() && !checks.isEmpty() && weightless) {
      spec.field("score").fault("needs a check that counts and whose weight is above 0");
    }
  }
}
