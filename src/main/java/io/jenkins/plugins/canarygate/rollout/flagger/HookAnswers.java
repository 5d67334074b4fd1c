package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Flagger's hooks are answered (rules FL4, FL7): a pure function of the Canary, its target and
 * the moment. Whoever serves it gives a no from what it has, and a yes only if the same question,
 * put again with objects just read, is answered yes too.
 *
 * <ul>
 *   <li>{@code confirm-promotion}: yes in WaitingPromotion with a promote decision that fits in
 *       every field and has not expired. In blue/green one that has expired still holds once its
 *       first yes may have been given ({@code status.iterations} above {@code
 *       analysis.iterations}): half a promotion is worse than either. Without any decision, {@link
 *       Unattended} may allow it.
 *   <li>{@code rollback}: yes with an abort decision that fits in every field and has not expired.
 *   <li>{@code confirm-traffic-increase}: yes unless such an abort stands.
 *   <li>{@code confirm-rollout}: yes unless an abort stands that fits in every field but
 *       lastAppliedSpec, which is still the one before there.
 * </ul>
 *
 * <p>In any other phase than WaitingPromotion a promotion is not confirmed: an analysis that began
 * again, even of the same revision, is judged anew, and the no is what brings Flagger to the gate.
 */
public final class HookAnswers {
  private final CanaryView canary;
  private final Optional<Binding> live;
  private final Instant now;
  private final DecisionNote note;

  private HookAnswers(CanaryView canary, Optional<JsonNode> target, Instant now) {
    this.canary = canary;
    this.live =
        target.filter(t -> canary.gateable()).map(t -> Binding.of(canary, new TargetView(t)));
    this.now = now;
    this.note = DecisionNote.of(canary);
  }

  /**
   * Answers one question.
   *
   * @param canary the Canary that Flagger names
   * @param target the object that its targetRef names; empty if it is not there
   * @param now the moment
   */
  public static HookAnswer answer(
      Hook hook, CanaryView canary, Optional<JsonNode> target, Instant now) {
    HookAnswers answers = new HookAnswers(canary, target, now);
    return switch (hook) {
      case CONFIRM_PROMOTION -> answers.promotion();
      case ROLLBACK -> answers.rollback();
      case CONFIRM_TRAFFIC_INCREASE -> answers.unlessAborted(false);
      case CONFIRM_ROLLOUT -> answers.unlessAborted(true);
    };
  }

  private HookAnswer promotion() {
    if (canary.status().phase() != CanaryPhase.WAITING_PROMOTION) {
      return HookAnswer.no("no: the gate begins now; " + decided());
    }
    Optional<String> unfit = unfit();
    if (unfit.isPresent()) {
      return note.decision().isPresent() && live.isEmpty()
          ? HookAnswer.no("no: " + unfit.get())
          : unattended(unfit.get());
    }
    Decision decision = note.decision().orElseThrow();
    if (decision.action() == Decision.Action.ABORT) {
      return HookAnswer.no("no: gate " + decision.gate() + " decided to abort");
    }
    if (!decision.expired(now)) {
      return HookAnswer.yes("yes: gate " + decision.gate() + " decided to promote");
    }
    return firstYesMayHaveBeenGiven(canary)
        ? HookAnswer.yes("yes: gate " + decision.gate() + " decided to promote, and it has begun")
        : unattended(
            "the promotion by gate " + decision.gate() + " held until " + decision.notAfter());
  }

  /** Whether Flagger has gone on after a first yes and asks once more (blue/green asks twice). */
  static boolean firstYesMayHaveBeenGiven(CanaryView canary) {
    Analysis analysis = canary.analysis();
    return canary.status().phase() == CanaryPhase.WAITING_PROMOTION
        && analysis.strategy() == Analysis.Strategy.BLUE_GREEN
        && canary.status().iterations() > analysis.iterations();
  }

  private HookAnswer rollback() {
    Optional<String> unfit = unfit();
    if (unfit.isPresent()) {
      return HookAnswer.no("no: " + unfit.get());
    }
    Decision decision = note.decision().orElseThrow();
    if (decision.action() != Decision.Action.ABORT) {
      return HookAnswer.no("no: gate " + decision.gate() + " decided to promote");
    }
    return decision.expired(now)
        ? HookAnswer.no(
            "no: the abort by gate " + decision.gate() + " held until " + decision.notAfter())
        : HookAnswer.yes("yes: gate " + decision.gate() + " decided to abort");
  }

  private HookAnswer unlessAborted(boolean before) {
    Optional<Decision> abort = note.unexpired(now).filter(d -> d.action() == Decision.Action.ABORT);
    boolean stands =
        abort.isPresent()
            && live.map(
                    there ->
                        before
                            ? abort.get().binding().mismatchButForLastApplied(there)
                            : abort.get().binding().mismatch(there))
                .map(Optional::isEmpty)
                // What cannot be compared may well be what was aborted.
                .orElse(abort.get().binding().uid().equals(canary.uid()));
    return stands
        ? HookAnswer.no("no: gate " + abort.get().gate() + " decided to abort")
        : HookAnswer.yes("yes: no gate decided to abort this revision");
  }

  /** Why no decision is there for this revision; empty if one is, expired or not. */
  private Optional<String> unfit() {
    if (note.decision().isEmpty()) {
      return Optional.of(decided());
    }
    if (live.isEmpty()) {
      return Optional.of(
          canary.gateable()
              ? "the target " + canary.targetKind() + " " + canary.targetName() + " is not there"
              : "targets of kind " + canary.targetKind() + " cannot be gated");
    }
    Decision decision = note.decision().get();
    return decision
        .binding()
        .mismatch(live.get())
        .map(why -> "the decision of gate " + decision.gate() + " does not fit: " + why);
  }

  private String decided() {
    if (!note.present()) {
      return "no gate has decided yet";
    }
    return note.decision()
        .map(d -> "gate " + d.gate() + " has decided to " + d.action().text())
        .orElse(note.fault());
  }

  /** Nobody at the gate; what cannot be read may be an abort, and an abort is never overridden. */
  private HookAnswer unattended(String otherwise) {
    Unattended unattended = Unattended.of(canary);
    if (!unattended.fault().isEmpty()) {
      return HookAnswer.no("no: " + otherwise + "; " + unattended.fault());
    }
    if (unattended.allowAfter().isEmpty() || (note.present() && note.decision().isEmpty())) {
      return HookAnswer.no("no: " + otherwise);
    }
    Duration after = unattended.allowAfter().get();
    Optional<Instant> since = canary.status().phaseSince();
    if (since.isEmpty()) {
      return HookAnswer.no("no: " + otherwise + "; since when it waits is not known");
    }
    Instant allowed = since.get().plus(after);
    return now.isBefore(allowed)
        ? HookAnswer.no("no: " + otherwise + "; unattended, it is allowed at " + allowed)
        : HookAnswer.yes(
            "yes: "
                + otherwise
                + "; it waits since "
                + since.get()
                + ", and "
                + Unattended.ANNOTATION
                + " allows it after "
                + after.toMinutes()
                + " min");
  }
}
