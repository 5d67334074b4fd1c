package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a trigger says. That it is not triggered means something only once it was evaluated with the
 * canary's events in it (rule M11).
 */
final class TriggerReader {
  private static final Duration LATENESS = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
  private static final long FREQUENCY = 900;

  private TriggerReader() {}

  /**
   * @param trafficSince when the canary got its traffic; empty where no rollout is waited for
   */
  static Reading read(JsonNode trigger, Instant now, Optional<Instant> trafficSince) {
    String title =
        "trigger '" + HoneycombProblems.line(trigger.path("name").asText("without a name")) + "'";
    if (trigger.path("disabled").asBoolean()) {
      return nothing(title + " is disabled: Honeycomb does not evaluate it");
    }
    if (!trigger.path("triggered").isBoolean()) {
      return nothing(title + " does not say whether it is triggered");
    }
    Optional<TriggerSchedule> schedule = TriggerSchedule.of(trigger);
    Optional<Instant> open = schedule.flatMap(s -> s.openSince(now));
    if (schedule.isPresent() && open.isEmpty()) {
      return nothing(title + " is outside its schedule: Honeycomb does not evaluate it now");
    }
    if (trigger.path("triggered").booleanValue()) {
      return Reading.Answer.judged(Grade.FAIL, title + " is triggered");
    }
    Duration frequency = Duration.ofSeconds(trigger.path("frequency").asLong(FREQUENCY));
    Optional<Instant> counts =
        trafficSince
            .map(since -> open.filter(since::isBefore).orElse(since))
            .map(since -> since.plus(frequency).plus(LATENESS));
    if (counts.isPresent() && now.isBefore(counts.get())) {
      return notYet(title, now, counts.get());
    }
    return Reading.Answer.judged(Grade.PASS, title + " is not triggered");
  }

  /** It may still trigger meanwhile, so it is looked at before that. */
  private static Reading notYet(String title, Instant now, Instant counts) {
    Duration left = Duration.between(now, counts);
    return new Reading.NotYet(
        left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN,
        title
            + " is not triggered, which counts from "
            + counts.truncatedTo(ChronoUnit.SECONDS)
            + " on, when it has seen the canary",
        Optional.empty());
  }

  private static Reading nothing(String why) {
    return Reading.Answer.judged(Grade.INCONCLUSIVE, why);
  }
}
