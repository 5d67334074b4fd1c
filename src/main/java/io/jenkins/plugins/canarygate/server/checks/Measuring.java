package io.jenkins.plugins.canarygate.server.checks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One measurement of a check, from its beginning until its source has answered. */
final class Measuring {
  private final Check check;
  private final EvidenceSource source;
  private final Instant began;
  private final Optional<Window> window;
  private Optional<String> ticket = Optional.empty();

  Measuring(Check check, EvidenceSource source, Instant now) {
    this.check = check;
    this.source = source;
    this.began = now;
    this.window = check.window().flatMap(rule -> rule.at(now, Optional.empty()));
  }

  /** What came of asking once. */
  sealed interface Outcome {
    record Measured(Value value) implements Outcome {}

    record Failed(String why, Optional<Duration> after) implements Outcome {}

    record NotYet(String why, Duration lookAgain) implements Outcome {}
  }

  Instant began() {
    return began;
  }

  /** Asks once, as a gate does for {@code check}: no window is clamped (rule C1). Blocks. */
  Outcome step(Instant now) {
    Reading reading;
    try {
      reading = source.measure(List.of(request()), context(now)).get(check.name());
    } catch (RuntimeException | Error unexpected) {
      return new Outcome.Failed(
          "the source failed unexpectedly: " + unexpected.getClass().getSimpleName(),
          Optional.empty());
    }
    if (reading instanceof Reading.Answer answer) {
      return new Outcome.Measured(Value.of(check, answer, window, began));
    }
    if (reading instanceof Reading.NotYet notYet) {
      ticket = notYet.ticket();
      return new Outcome.NotYet(notYet.why(), notYet.lookAgain());
    }
    return reading instanceof Reading.Failed failed
        ? new Outcome.Failed(failed.why(), failed.after())
        : new Outcome.Failed("the source said nothing of this check", Optional.empty());
  }

  /** Leaves nothing behind of what was begun. Blocks; after it nothing more is asked. */
  void abandon(Instant now) {
    try {
      source.abandon(request(), context(now));
    } catch (RuntimeException | Error unexpected) {
      // Whoever abandons it has no use for it any more.
    }
  }

  private EvidenceRequest request() {
    return new EvidenceRequest(check.name(), window, began, ticket);
  }

  private static EvidenceContext context(Instant now) {
    return new EvidenceContext(
        now, Optional.empty(), Map.of(), JsonNodeFactory.instance.objectNode());
  }
}
