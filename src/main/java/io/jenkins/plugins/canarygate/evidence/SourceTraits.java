package io.jenkins.plugins.canarygate.evidence;

import java.time.Duration;

/**
 * What a source can use of a check's common fields (rule M9), and how it sees time.
 *
 * @param windowed whether a measurement looks at a window of telemetry
 * @param lag how long its telemetry takes to arrive (rule M5)
 * @param alignment windows lie on multiples of this; zero for none
 * @param leastInterval the shortest interval that can give something new (rule M7)
 * @param criteria whether the check needs criteria; without, the source judges by itself
 * @param samples whether {@code minimumSamples} means something to it
 * @param cohorts which part cohorts play
 * @param needsRollout whether it cannot be measured without looking at the rollout
 * @param leastWindow the shortest window that holds all it looks at; zero where any does
 */
public record SourceTraits(
    boolean windowed,
    Duration lag,
    Duration alignment,
    Duration leastInterval,
    boolean criteria,
    boolean samples,
    CohortUse cohorts,
    boolean needsRollout,
    Duration leastWindow) {

  /** Those of a source that looks at its window and no further. */
  public SourceTraits(
      boolean windowed,
      Duration lag,
      Duration alignment,
      Duration leastInterval,
      boolean criteria,
      boolean samples,
      CohortUse cohorts,
      boolean needsRollout) {
    this(
        windowed,
        lag,
        alignment,
        leastInterval,
        criteria,
        samples,
        cohorts,
        needsRollout,
        Duration.ZERO);
  }

  /** Which part cohorts play (rule M14). */
  public enum CohortUse {
    /** The source cannot tell canary from stable. */
    NONE,
    /** The check could name {@code ${cohort…}}, and does not. */
    UNNAMED,
    /** It uses the gate's cohort filters where there are some for it. */
    FILTERS,
    /** The check itself names {@code ${cohort…}}. */
    NAMED
  }
}
