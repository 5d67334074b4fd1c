package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CohortFilter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads how the evidence tells the cohorts apart (rule M14). */
final class CohortsReader {
  private static final String HONEYCOMB = "honeycomb";

  private final Map<Cohort, Brought> filters = new EnumMap<>(Cohort.class);
  private final Scope scope;

  CohortsReader(RawGate.Cohorts raw, Scope scope) {
    this.scope = scope;
    if (raw != null) {
      put(Cohort.CANARY, raw.canary());
      put(Cohort.STABLE, raw.stable());
    }
    filters.keySet().forEach(this::check);
  }

  private void put(Cohort cohort, RawGate.Cohort raw) {
    if (raw != null) {
      filters.put(cohort, raw.filters());
    }
  }

  private void check(Cohort cohort) {
    Scope at = scope.field(cohort.text());
    Brought brought = filters.get(cohort);
    if (brought.byWord().isEmpty() && !at.faulty()) {
      at.fault("needs the filters of a source: " + String.join(", ", Sections.words(Role.COHORT)));
    }
    for (String word : brought.byWord().keySet()) {
      Scope list = at.field(word);
      if (brought.list(word, CohortFilter.class).isEmpty() && !list.faulty()) {
        list.fault("needs at least one filter");
      }
      if (cohort == Cohort.STABLE && !has(Cohort.CANARY, word)) {
        list.fault("says what is stable, but nothing says what is the canary");
      }
    }
    List<CohortFilter> honeycomb = brought.list(HONEYCOMB, CohortFilter.class);
    for (int i = 0; i < honeycomb.size(); i++) {
      Scope item = at.field(HONEYCOMB).item(i);
      if (honeycomb.get(i) != null && !item.faulty()) {
        honeycomb.get(i).faults().forEach(f -> item.part(f.path()).fault(f.message()));
      }
    }
  }

  /** Whether the cohort has filters for a source. */
  boolean has(Cohort cohort, String word) {
    return filters.containsKey(cohort) && filters.get(cohort).byWord().containsKey(word);
  }

  /** Whether the filters for a source name what only the rollout tells. */
  boolean needsRollout(String word) {
    return word.equals(HONEYCOMB)
        && !scope.unresolved()
        && honeycomb().values().stream()
            .flatMap(List::stream)
            .anyMatch(filter -> names(filter.value()) || names(filter.column()));
  }

  private static boolean names(String text) {
    return text != null && !Placeholders.names(text).isEmpty();
  }

  /** Honeycomb's filters, for the cohorts that have some. */
  Map<Cohort, List<CohortFilter>> honeycomb() {
    Map<Cohort, List<CohortFilter>> all = new EnumMap<>(Cohort.class);
    filters.forEach(
        (cohort, brought) -> {
          List<CohortFilter> list = brought.list(HONEYCOMB, CohortFilter.class);
          if (!list.isEmpty()) {
            all.put(cohort, list);
          }
        });
    return all;
  }
}
