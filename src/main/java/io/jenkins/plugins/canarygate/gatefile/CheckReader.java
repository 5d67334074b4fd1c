package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one check (rules M1, M2, M4, M5, M7, M9 and M14). */
final class CheckReader {
  private final RawCheck raw;
  private final Scope scope;
  private final CohortsReader cohorts;
  private final ScheduleReader schedule;
  private final Duration total;

  CheckReader(
      RawCheck raw, Scope scope, CohortsReader cohorts, ScheduleReader schedule, Duration total) {
    this.raw = raw;
    this.scope = scope;
    this.cohorts = cohorts;
    this.schedule = schedule;
    this.total = total;
  }

  /**
   * A check as it was read.
   *
   * @param needsRollout whether it cannot be measured without looking at the rollout
   */
  record ReadCheck(Check check, SourceSection source, boolean needsRollout) {}

  /** The check; empty where what is wrong leaves none. */
  Optional<ReadCheck> read() {
    scope.field("name").oneLine(raw.name());
    CriteriaReader criteriaReader = new CriteriaReader(scope);
    Criteria criteria = criteriaReader.read(raw);
    Optional<SourceSection> source = raw.source().get(SourceSection.class);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    String word = raw.source().byWord().keySet().iterator().next();
    if (!usable(source.get(), scope.field(word))) {
      return Optional.empty();
    }
    SourceTraits traits = source.get().traits();
    criteria(traits, criteriaReader.given());
    Set<Cohort> measured = cohorts(word, traits, criteriaReader.comparisons());
    Check check =
        new Check(
            raw.name(),
            source.get().describe(),
            criteria,
            schedule.schedule(traits, total),
            schedule.window(traits),
            schedule.samples(traits),
            measured,
            or(raw.weight(), 1.0),
            or(raw.key(), false),
            or(raw.optional(), false),
            or(raw.dryRun(), false));
    boolean byFilters = !measured.isEmpty() && cohorts.needsRollout(word);
    return Optional.of(new ReadCheck(check, source.get(), traits.needsRollout() || byFilters));
  }

  private static boolean usable(SourceSection source, Scope section) {
    if (section.unresolved() || section.faulty()) {
      return false;
    }
    List<SectionFault> faults = source.faults();
    faults.forEach(fault -> section.part(fault.path()).fault(fault.message()));
    return faults.isEmpty();
  }

  private void criteria(SourceTraits traits, List<Scope> given) {
    if (traits.criteria() && given.isEmpty()) {
      scope.fault("needs a criterion: fail, warn or pass");
    } else if (!traits.criteria()) {
      given.forEach(
          word -> word.fault("what the check asks is judged by its source itself: leave it out"));
    }
  }

  private Set<Cohort> cohorts(String word, SourceTraits traits, List<Scope> comparisons) {
    boolean canary = cohorts.has(Cohort.CANARY, word);
    boolean filtered = traits.cohorts() == CohortUse.FILTERS && canary;
    boolean measured = filtered || traits.cohorts() == CohortUse.NAMED;
    boolean comparable = measured && (!canary || cohorts.has(Cohort.STABLE, word));
    if (!comparable) {
      String why =
          switch (traits.cohorts()) {
            case NONE -> "this source cannot tell the canary from the stable revision";
            case UNNAMED ->
                "needs ${cohort} or ${cohort.pods} in the query, which tells the canary from the"
                    + " stable revision";
            default -> "needs spec.cohorts.canary." + word + " and spec.cohorts.stable." + word;
          };
      comparisons.forEach(comparison -> comparison.fault(why));
    }
    Set<Cohort> set = EnumSet.noneOf(Cohort.class);
    if (measured) {
      set.add(Cohort.CANARY);
    }
    if (comparable && !comparisons.isEmpty()) {
      set.add(Cohort.STABLE);
    }
    return set;
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
