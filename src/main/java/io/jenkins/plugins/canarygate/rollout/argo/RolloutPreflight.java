package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What plan finds in the Rollout itself: its strategy, its revision, and where the gate stands. */
final class RolloutPreflight {
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(30);
  private final Target target;
  private final RolloutStatus rollout;
  private final List<ReplicaSetView> sets;
  private final Notes notes;
  private final List<Finding> findings = new ArrayList<>();

  RolloutPreflight(Target target, RolloutStatus rollout, List<ReplicaSetView> sets, Notes notes) {
    this.target = target;
    this.rollout = rollout;
    this.sets = sets;
    this.notes = notes;
  }

  List<Finding> examine() {
    Strategy strategy = rollout.strategy();
    String kind =
        strategy.isBlueGreen()
            ? "blue/green"
            : (strategy.routed() ? "canary with traffic routing" : "canary by numbers of pods")
                + ", "
                + strategy.stepCount()
                + " steps";
    findings.add(
        Finding.ok(
            target.toString(),
            kind
                + ", "
                + rollout.phase()
                + ", generation "
                + (rollout.settled() ? "observed" : "not yet observed")));
    RevisionReader.Ours ours =
        new RevisionReader(target.revision()).read(rollout, Optional.empty(), notes);
    revision(ours);
    Question question =
        new Question(Instant.EPOCH, Optional.empty(), Optional.empty(), Memory.empty());
    point(new Look(target, "", question, rollout, ours, sets, notes));
    return findings;
  }

  private void revision(RevisionReader.Ours ours) {
    String subject = "revision " + target.revision();
    if (ours.current() || ours.is(rollout.stable())) {
      boolean stable = ours.is(rollout.stable());
      findings.add(
          Finding.ok(
              subject,
              "is revision "
                  + ours.hash().orElse("")
                  + (stable ? ", stable already: nothing is left to gate" : ", on its way")));
      return;
    }
    findings.add(Finding.ok(subject, ours.waiting()));
  }

  private void point(Look look) {
    String subject = "gate point";
    look.rollout()
        .invalidSpec()
        .ifPresent(
            text ->
                findings.add(
                    Finding.error(
                        target.toString(),
                        "the controller refuses the spec: " + text,
                        "correct the Rollout")));
    Optional<String> problem =
        new GatePoints(look)
            .hindrance()
            .filter(
                obstacle ->
                    switch (obstacle.kind()) {
                      case NEVER_PAUSES, POINT_MISSING, POINT_PASSED -> true;
                      default -> false;
                    })
            .map(obstacle -> obstacle.text());
    if (problem.isPresent()) {
      findings.add(
          Finding.error(
              subject,
              "no gate point can come: " + problem.get(),
              "change the Rollout's strategy or the gate file's at:"));
      return;
    }
    findings.add(Finding.ok(subject, where(look)));
    shortPauses(look.strategy());
  }

  private String where(Look look) {
    Strategy strategy = look.strategy();
    return switch (target.at().kind()) {
      case PROGRESSING -> "begins as soon as the canary gets traffic";
      case STEP -> "the pause at step " + target.at().step().getAsInt() + strategyText(strategy);
      case PROMOTION -> throw new IllegalStateException("no gate file can ask this of a Rollout");
      case NEXT_PAUSE, EACH_PAUSE -> {
        if (strategy.isBlueGreen()) {
          yield "the pause before the switch";
        }
        OptionalInt next = strategy.nextPause(0, target.at().hold());
        yield (target.at().kind() == At.Kind.EACH_PAUSE
                ? "each pause, the first at step "
                : "the next pause; from the start that is step ")
            + next.orElse(0)
            + strategyText(strategy);
      }
    };
  }

  private static String strategyText(Strategy strategy) {
    return " of " + strategy.stepCount();
  }

  private void shortPauses(Strategy strategy) {
    if (!target.at().hold()) {
      return;
    }
    for (int step = 0; step < strategy.stepCount(); step++) {
      boolean meant = target.at().step().isEmpty() || target.at().step().getAsInt() == step;
      Optional<Duration> length = strategy.pauseLength(step).filter(d -> meant);
      if (length.isPresent() && length.get().compareTo(SHORT_PAUSE) < 0) {
        tooShort("the pause at step " + step, length.get());
      }
    }
    strategy
        .autoPromotion()
        .filter(length -> length.compareTo(SHORT_PAUSE) < 0)
        .ifPresent(length -> tooShort("autoPromotionSeconds", length));
  }

  private void tooShort(String what, Duration length) {
    findings.add(
        Finding.warning(
            "hold",
            what + " is " + length.toSeconds() + " s: it may be over before the hold is set",
            "make it 30 s or longer, or a pause without duration"));
  }
}
