package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.check.WindowRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a check asks, each expression once, over a whole window that ends now. */
final class Trial {
  private final Names names;
  private final Instant now;

  Trial(Names names, Instant now) {
    this.names = names;
    this.now = now;
  }

  /**
   * An expression to try.
   *
   * @param field where it stands in the section
   * @param cohort the cohort it is about, if any
   */
  record Expression(String field, Optional<Cohort> cohort, String written, String filled) {}

  Window window(Check check) {
    WindowRule rule = check.window().orElseThrow();
    return rule.at(now, Optional.empty()).orElseThrow();
  }

  /**
   * The expressions of a check.
   *
   * @throws IllegalArgumentException if a placeholder cannot be filled
   */
  List<Expression> of(PrometheusSection section, Check check) {
    List<Expression> all = new ArrayList<>();
    Set<Cohort> cohorts = check.cohorts();
    List<Optional<Cohort>> about =
        cohorts.isEmpty()
            ? List.of(Optional.empty())
            : Stream.of(Cohort.values()).filter(cohorts::contains).map(Optional::of).toList();
    for (Optional<Cohort> cohort : about) {
      add(all, "query", section.query(), cohort, check);
      if (section.samples() != null) {
        add(all, "samples", section.samples(), cohort, check);
      }
      if (section.fresh() != null) {
        add(all, "fresh.selector", section.fresh().selector(), cohort, check);
      }
    }
    return all;
  }

  private void add(
      List<Expression> all, String field, String written, Optional<Cohort> cohort, Check check) {
    String filled = names.fill(written, cohort, window(check));
    all.add(new Expression(field, cohort, written, filled));
  }
}
