package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.evidence.NearestWord;
import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a {@code prometheus} section of a check may say, as far as it shows without asking. */
final class SectionRules {
  private final PrometheusSection section;
  private final List<SectionFault> faults = new ArrayList<>();

  private SectionRules(PrometheusSection section) {
    this.section = section;
  }

  static List<SectionFault> faults(PrometheusSection section) {
    SectionRules rules = new SectionRules(section);
    rules.check();
    return List.copyOf(rules.faults);
  }

  private void check() {
    expression("query", section.query());
    expression("samples", section.samples());
    if (section.reduce() != null && Reduction.of(section.reduce()).isEmpty()) {
      add(
          "reduce",
          "'"
              + section.reduce()
              + "' must be one of "
              + String.join(", ", Reduction.words())
              + NearestWord.hint(section.reduce(), Reduction.words()));
    }
    if (section.fresh() != null) {
      fresh(section.fresh());
    }
  }

  private void expression(String path, String text) {
    if (text == null) {
      return;
    }
    if (Promql.bare(text).isBlank()) {
      add(path, "must hold an expression of PromQL");
      return;
    }
    if (Promql.looksAtAMoment(text)) {
      add(path, "looks at a fixed moment with @: leave it out, the window's end is the gate's");
    }
    try {
      Promql.reach(text);
    } catch (IllegalArgumentException e) {
      add(path, e.getMessage());
    }
  }

  private void fresh(PrometheusSection.Fresh fresh) {
    if (fresh.selector() != null && !Promql.isSelector(fresh.selector())) {
      add(
          "fresh.selector",
          "must be the name of a metric with label matchers and nothing else, as"
              + " http_requests_total{app=\"checkout\"}: of what is computed, Prometheus does not"
              + " tell the age");
    }
    if (Optional.ofNullable(fresh.maxAge()).filter(age -> age.toMillis() < 1000).isPresent()) {
      add("fresh.maxAge", "must be at least 1s");
    }
  }

  private void add(String path, String message) {
    faults.add(new SectionFault(path, message));
  }
}
