package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CheckPlan.Need;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether Honeycomb accepts what the checks ask (rule C3): each query is created once,
 * which runs nothing and costs no quota, each SLO and trigger read once. What went well is not
 * tried again.
 */
final class QueryTrial {
  private static final Duration LAG = Duration.ofMinutes(1);
  private static final Duration LENGTH = Duration.ofMinutes(5);

  private final HoneycombClient client;
  private final HoneycombGate gate;
  private final Set<String> well = new HashSet<>();

  QueryTrial(HoneycombClient client, HoneycombGate gate) {
    this.client = client;
    this.gate = gate;
  }

  /**
   * Tries all checks.
   *
   * @return what is wrong, by the name of the check; a check without an entry is fine
   */
  synchronized Map<String, HoneycombException> run(Map<Cohort, CohortNames> known, Instant now) {
    Map<String, HoneycombException> problems = new LinkedHashMap<>();
    Map<String, Optional<HoneycombException>> tried = new HashMap<>();
    Planner planner = Planner.sample(gate, known);
    gate.sections()
        .forEach(
            (name, section) -> {
              if (!well.contains(name)) {
                one(planner, name, section, now, tried)
                    .ifPresentOrElse(problem -> problems.put(name, problem), () -> well.add(name));
              }
            });
    return problems;
  }

  private Optional<HoneycombException> one(
      Planner planner,
      String name,
      HoneycombSection section,
      Instant now,
      Map<String, Optional<HoneycombException>> tried) {
    if (section.query() == null) {
      return tried.computeIfAbsent(section.slo() + " " + section.trigger(), key -> reads(section));
    }
    CheckPlan plan;
    try {
      plan = planner.plan(name, window(name, now));
    } catch (IllegalArgumentException e) {
      return Optional.of(new HoneycombException(Kind.INVALID, e.getMessage()));
    }
    for (Need need : plan.needs()) {
      JsonNode query = need.spec().query();
      Optional<HoneycombException> problem =
          tried.computeIfAbsent(
              need.spec().dataset() + " " + ResultSpec.sorted(query),
              key -> creates(need.spec().dataset(), query));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<HoneycombException> creates(String dataset, JsonNode query) {
    try {
      client.createQuery(dataset, query);
      return Optional.empty();
    } catch (HoneycombException e) {
      return Optional.of(e);
    }
  }

  private Optional<HoneycombException> reads(HoneycombSection section) {
    try {
      new Singles(client, gate.values()).read(section);
      return Optional.empty();
    } catch (HoneycombException e) {
      return Optional.of(e);
    }
  }

  private Window window(String name, Instant now) {
    return gate.check(name)
        .window()
        .flatMap(rule -> rule.at(now, Optional.empty()))
        .orElseGet(() -> new Window(now.minus(LAG).minus(LENGTH), now.minus(LAG)));
  }
}
