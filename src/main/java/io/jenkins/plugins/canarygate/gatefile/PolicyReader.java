package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.gate.ScoreTargets;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Reads what is done on each verdict, and how long it may take (rules A5, D2, D7 and R3). */
final class PolicyReader {
  private static final Duration LONGEST = Duration.ofDays(30);

  private final RawGate.Spec raw;
  private final Scope spec;

  PolicyReader(RawGate.Spec raw, Scope spec) {
    this.raw = raw;
    this.spec = spec;
  }

  /**
   * What is done.
   *
   * @param progressing whether the gate stands at no pause, and so never promotes
   */
  Policy policy(boolean progressing) {
    return new Policy(
        good("onPass", raw.onPass(), progressing),
        good("onWarn", raw.onWarn(), progressing),
        reaction(raw.onFail(), Policy.DEFAULT.onFail()),
        reaction(raw.onInconclusive(), Policy.DEFAULT.onInconclusive()),
        reaction(raw.onTimeout(), Policy.DEFAULT.onTimeout()),
        reaction(raw.onCancel(), Policy.DEFAULT.onCancel()),
        "pass".equals(raw.onNotGated()));
  }

  private Reaction good(String field, String word, boolean progressing) {
    Reaction asked = reaction(word, Reaction.PROMOTE);
    if (!progressing || !asked.promotes()) {
      return asked;
    }
    if (spec.given(field)) {
      spec.field(field).fault("with at: progressing there is no pause to promote from: use none");
    }
    return Reaction.NONE;
  }

  private static Reaction reaction(String word, Reaction otherwise) {
    return Arrays.stream(Reaction.values())
        .filter(reaction -> reaction.text().equals(word))
        .findFirst()
        .orElse(otherwise);
  }

  Timeouts timeouts() {
    RawGate.Timeouts given = raw.timeouts();
    Scope scope = spec.field("timeouts");
    Duration start = positive(given == null ? null : given.start(), scope.field("start"));
    Duration total = positive(given == null ? null : given.total(), scope.field("total"));
    Timeouts timeouts =
        new Timeouts(
            start == null ? Timeouts.DEFAULT.start() : start,
            total == null ? Timeouts.DEFAULT.total() : total);
    if (timeouts.start().compareTo(timeouts.total()) > 0 && !scope.faulty()) {
      String field = scope.given("start") ? "start" : "total";
      scope
          .field(field)
          .fault(
              "start ("
                  + Durations.text(timeouts.start())
                  + ") must not be longer than total ("
                  + Durations.text(timeouts.total())
                  + ")");
    }
    return timeouts;
  }

  private static Duration positive(Duration duration, Scope scope) {
    if (duration != null && (duration.isZero() || duration.compareTo(LONGEST) > 0)) {
      scope.fault("must be longer than nothing and at most " + Durations.text(LONGEST));
      return null;
    }
    return duration;
  }

  Optional<ScoreTargets> score() {
    if (raw.score() == null || raw.score().pass() == null) {
      return Optional.empty();
    }
    double pass = raw.score().pass().value();
    double warn = raw.score().warn() == null ? pass : raw.score().warn().value();
    if (warn > pass) {
      spec.field("score").field("warn").fault("must not be above pass");
    }
    return Optional.of(new ScoreTargets(pass, warn));
  }
}
