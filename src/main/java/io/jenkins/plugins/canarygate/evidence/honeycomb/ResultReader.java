package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CheckPlan.Need;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CheckPlan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Finds the values of a check in the results that its plan took. What is not there is no value. */
final class ResultReader {
  private static final String COUNT = "COUNT";

  private final CheckPlan plan;
  private final Map<Need, QueryResult> results;
  private final List<String> missing = new ArrayList<>();

  private ResultReader(CheckPlan plan, Map<Need, QueryResult> results) {
    this.plan = plan;
    this.results = results;
  }

  static Reading.Answer read(CheckPlan plan, Map<Need, QueryResult> results) {
    return new ResultReader(plan, results).answer();
  }

  private Reading.Answer answer() {
    Set<Cohort> cohorts = plan.cohorts();
    boolean stable = cohorts.contains(Cohort.STABLE);
    Values values =
        new Values(value(Cohort.CANARY), stable ? value(Cohort.STABLE) : OptionalDouble.empty());
    return Reading.Answer.of(values)
        .withSamples(samples(Cohort.CANARY), stable ? samples(Cohort.STABLE) : OptionalLong.empty())
        .withLink(link())
        .withDetail(String.join("; ", missing));
  }

  private OptionalDouble value(Cohort cohort) {
    if (plan.result().isEmpty()) {
      missing.add("the query has several results and 'result' does not say which is judged");
      return OptionalDouble.empty();
    }
    String name = plan.result().get();
    Optional<JsonNode> row = row(Role.VALUE, cohort, true);
    if (row.isEmpty()) {
      return OptionalDouble.empty();
    }
    JsonNode value = row.get().path(name);
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      return OptionalDouble.of(value.doubleValue());
    }
    missing.add(
        value.isMissingNode()
            ? "Honeycomb gave no '"
                + name
                + "'"
                + of(cohort)
                + "; there is "
                + String.join(", ", names(row.get()))
            : "'" + name + "'" + of(cohort) + " is no number");
    return OptionalDouble.empty();
  }

  private OptionalLong samples(Cohort cohort) {
    boolean extra = plan.needs().stream().anyMatch(need -> need.role() == Role.SAMPLES);
    return row(extra ? Role.SAMPLES : Role.VALUE, cohort, false)
        .map(row -> row.path(COUNT))
        .filter(count -> count.isNumber() && Double.isFinite(count.doubleValue()))
        .map(count -> OptionalLong.of((long) Math.floor(count.doubleValue())))
        .orElse(OptionalLong.empty());
  }

  private Optional<JsonNode> row(Role role, Cohort cohort, boolean say) {
    for (Need need : plan.needs()) {
      if (need.role() == role && need.about(cohort)) {
        List<JsonNode> rows = need.split().rows(results.get(need).rows(), cohort);
        if (rows.size() == 1) {
          return Optional.of(rows.get(0));
        }
        if (say) {
          missing.add(
              rows.isEmpty()
                  ? "Honeycomb has no data" + of(cohort) + " in this window"
                  : "Honeycomb gave "
                      + rows.size()
                      + " rows"
                      + of(cohort)
                      + " where one is judged");
        }
      }
    }
    return Optional.empty();
  }

  private String of(Cohort cohort) {
    return plan.cohorts().isEmpty() ? "" : " of the " + cohort.text();
  }

  private static Set<String> names(JsonNode row) {
    Set<String> names = new TreeSet<>();
    row.fieldNames().forEachRemaining(names::add);
    return names.isEmpty() ? Set.of("nothing") : names;
  }

  /** The values' own result is what a person wants to see, of the canary first. */
  private Optional<String> link() {
    return plan.needs().stream()
        .filter(need -> need.role() == Role.VALUE)
        .flatMap(need -> results.get(need).link().stream())
        .findFirst();
  }
}
