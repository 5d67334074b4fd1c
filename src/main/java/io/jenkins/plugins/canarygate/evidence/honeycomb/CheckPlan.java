package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.check.Cohort;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one measurement of a check takes.
 *
 * @param check the check's name
 * @param result the name of the result that is judged; empty if the query leaves it open
 * @param cohorts which cohorts are measured; none where the value is about the whole
 * @param needs the query results it takes
 */
record CheckPlan(String check, Optional<String> result, Set<Cohort> cohorts, List<Need> needs) {

  /** What a query result is for. */
  enum Role {
    /** Values, and samples where it has a COUNT of its own. */
    VALUE,
    /** Samples, which another query counts. */
    SAMPLES
  }

  /**
   * One query result.
   *
   * @param cohort the cohort that alone it is about; empty if its rows tell the cohorts apart
   */
  record Need(Role role, Optional<Cohort> cohort, ResultSpec spec, Split split) {
    boolean about(Cohort other) {
      return cohort.isEmpty() || cohort.get() == other;
    }
  }
}
