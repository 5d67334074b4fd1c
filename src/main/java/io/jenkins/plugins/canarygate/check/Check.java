package io.jenkins.plugins.canarygate.check;

import java.util.Optional;
import java.util.Set;

/**
 * One thing that a gate looks at before it decides; where its values come from is its source's
 * business.
 *
 * @param name unique in its gate
 * @param source what a person would call the place its values come from, as {@code honeycomb
 *     checkout}
 * @param criteria when a value is bad; empty where the source judges by itself
 * @param schedule when it is measured
 * @param window which span of telemetry a measurement looks at; empty for sources without one
 * @param minimumSamples how many samples a value needs
 * @param cohorts which cohorts are measured; none where the value is about the whole service
 * @param weight its share of a score; at least 0
 * @param key with a score: failing it fails the gate
 * @param optional whether the gate can pass without evidence from it
 * @param dryRun shown, not counted
 */
public record Check(
    String name,
    String source,
    Criteria criteria,
    Schedule schedule,
    Optional<WindowRule> window,
    Optional<MinimumSamples> minimumSamples,
    Set<Cohort> cohorts,
    double weight,
    boolean key,
    boolean optional,
    boolean dryRun) {
  public Check {
    cohorts = Set.copyOf(cohorts);
  }
}
