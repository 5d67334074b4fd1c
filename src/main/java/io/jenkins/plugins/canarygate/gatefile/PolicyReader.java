package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.gate.ScoreTargets;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.DriverSection;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
   * @param at where the gate stands: at no pause, it never promotes
   * @param driver what its controller can do
   */
  Policy policy(At at, Optional<DriverSection> driver) {
    boolean progressing = at.kind() == At.Kind.PROGRESSING;
    Policy policy =
        new Policy(
            good("onPass", raw.onPass(), progressing),
            good("onWarn", raw.onWarn(), progressing),
            reaction(raw.onFail(), Policy.DEFAULT.onFail()),
            reaction(raw.onInconclusive(), Policy.DEFAULT.onInconclusive()),
            reaction(raw.onTimeout(), Policy.DEFAULT.onTimeout()),
            reaction(raw.onCancel(), Policy.DEFAULT.onCancel()),
            "pass".equals(raw.onNotGated()));
    driver.ifPresent(section -> possible(policy, section, at));
    return policy;
  }

  /** A controller that knows no such action must not be found out when it is due. */
  private void possible(Policy policy, DriverSection driver, At at) {
    Set<Action> actions = driver.abilities().points().get(at.kind());
    if (actions == null) {
      return;
    }
    Map<String, Reaction> reactions =
        Map.of(
            "onPass", policy.onPass(),
            "onWarn", policy.onWarn(),
            "onFail", policy.onFail(),
            "onInconclusive", policy.onInconclusive(),
            "onTimeout", policy.onTimeout(),
            "onCancel", policy.onCancel());
    reactions.forEach(
        (field, reaction) -> {
          boolean can = reaction.action().map(actions::contains).orElse(true);
          if (!can) {
            spec.field(field)
                .fault(
                    "a "
                        + driver.kind()
                        + " knows no '"
                        + reaction.text()
                        + "' at this point: use another");
          }
        });
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
