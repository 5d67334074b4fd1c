package io.jenkins.plugins.canarygate.rollout.flagger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Until when a decision holds (rule FL4). A quarter of an hour outlives a restart of whatever runs
 * the gate and clocks that differ by minutes, and does not leave a dead gate's decision for long;
 * where Flagger looks so seldom that it would not ask in time, it is four of its intervals, for
 * blue/green asks a closed gate every second one. It is renewed once less than half is left.
 */
final class Horizon {
  private static final Duration USUAL = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int INTERVALS = 4;

  private Horizon() {}

  static Duration of(CanaryView canary) {
    Duration asked = canary.analysis().interval().multipliedBy(INTERVALS);
    Duration longer = asked.compareTo(USUAL) > 0 ? asked : USUAL;
    return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
  }

  /** Whether less than half is left. */
  static boolean runsOut(CanaryView canary, Instant notAfter, Instant now) {
    return Duration.between(now, notAfter).compareTo(of(canary).dividedBy(2)) < 0;
  }

  /** The end of a decision that is written now: as it was before, unless that runs out. */
  static Instant end(CanaryView canary, Optional<Instant> before, Instant now) {
    return before
        .filter(end -> !runsOut(canary, end, now))
        .orElse(now.plus(of(canary)).truncatedTo(ChronoUnit.SECONDS));
  }
}
