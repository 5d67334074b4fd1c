package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.evidence.NearestWord;
import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a {@code honeycomb} section of a check may say (rules M9 and M10). */
final class SectionRules {
  private static final List<String> SLO_RESULTS =
      List.of("compliance", "budget_remaining", "burn_rate");

  private final HoneycombSection section;
  private final List<SectionFault> faults = new ArrayList<>();

  private SectionRules(HoneycombSection section) {
    this.section = section;
  }

  static List<SectionFault> faults(HoneycombSection section) {
    SectionRules rules = new SectionRules(section);
    rules.check();
    return List.copyOf(rules.faults);
  }

  private void check() {
    long given =
        Stream.of(section.query(), section.slo(), section.trigger())
            .filter(part -> part != null)
            .count();
    if (given != 1) {
      add("", "needs exactly one of query, slo and trigger");
      return;
    }
    if (section.query() != null) {
      query();
    } else {
      reference(section.slo() != null ? "slo" : "trigger");
    }
  }

  private void query() {
    if (section.dataset() == null) {
      add("", "a query needs the dataset that it reads");
    } else {
      plain("dataset", section.dataset());
    }
    faults.addAll(QueryRules.query(section.query()));
    if (!faults.isEmpty()) {
      return;
    }
    Set<String> results = QueryRules.results(section.query());
    if (section.result() == null) {
      if (results.size() != 1) {
        add("", "the query has several results: say which one is judged, with result");
      }
    } else if (!results.contains(section.result()) && !varying(results)) {
      add(
          "result",
          "the query has no such result; it has "
              + String.join(", ", results)
              + NearestWord.hint(section.result(), results));
    }
  }

  private void reference(String word) {
    HoneycombSection.Reference reference =
        section.slo() != null ? section.slo() : section.trigger();
    if (section.dataset() != null) {
      add("dataset", "belongs into " + word + ": only a query has its dataset here");
    }
    plain(word + ".dataset", reference.dataset());
    plain(word + ".id", reference.id());
    if (section.result() == null) {
      return;
    }
    if (section.trigger() != null) {
      add("result", "a trigger has no result: it fails when it is triggered");
    } else if (!SLO_RESULTS.contains(section.result())) {
      add(
          "result",
          "an SLO has "
              + String.join(", ", SLO_RESULTS)
              + NearestWord.hint(section.result(), SLO_RESULTS));
    }
  }

  /** Whether the names are told only while measuring. */
  private static boolean varying(Set<String> results) {
    return results.stream().anyMatch(name -> name.contains("${"));
  }

  /** What names a thing at Honeycomb is the same for both cohorts. */
  private void plain(String path, String text) {
    if (text == null) {
      return;
    }
    if (text.isBlank()) {
      add(path, "must not be blank");
    } else if (text.contains("${")) {
      add(path, "cannot vary with the cohort: no ${rollout.canary}, ${cohort} and the like here");
    } else if (text.chars().anyMatch(c -> c == '/' || Character.isISOControl(c))) {
      add(path, "must not hold a slash or a control character");
    }
  }

  private void add(String path, String message) {
    faults.add(new SectionFault(path, message));
  }
}
