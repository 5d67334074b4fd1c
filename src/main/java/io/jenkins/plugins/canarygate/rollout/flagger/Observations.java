package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.kube.LookAgain;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what a look means. */
final class Observations {
  private final Look look;
  private final CanaryView canary;
  private final Fates fates;
  private final Optional<ReadBack.Result> effect;

  Observations(Look look) {
    this.look = look;
    this.canary = look.canary();
    this.fates = new Fates(look);
    this.effect = look.intent().map(intent -> ReadBack.of(look, intent, fates).read());
  }

  /** The object is not there, or is about to go. */
  static Observation absent(Target target, Question question, Notes notes, String why) {
    return Observation.absent(
        target, question, why, LookAgain.absent(question, target), notes.memory());
  }

  Observation observe() {
    boolean tidying = effect.map(ReadBack.Result::tidying).orElse(false);
    Fate fate = fates.fate(tidying);
    Traffic traffic = new Traffic(look);
    Optional<GatePoint> point =
        fate == Fate.UNDER_WAY ? GatePoints.point(look, traffic) : Optional.empty();
    Drift raw = look.fence().map(fence -> fence.drift(look)).orElse(Drift.NONE);
    return new Observation(
        look.now(),
        look.phase() != CanaryPhase.UNKNOWN,
        Optional.of(canary.uid()),
        fate,
        RevisionReader.current(canary, look.workload()),
        where(),
        look.status().phaseText(),
        point,
        FlaggerFence.take(look),
        explained(raw, fate, tidying),
        effect.map(ReadBack.Result::effect),
        effect.map(ReadBack.Result::text).orElse(""),
        new Possible(look, raw, fate).all(),
        Hindrances.of(look, fates, fate, point),
        traffic.since(),
        traffic.share(fate, fates.failing()),
        cohorts(),
        notes(fate),
        Pace.of(look, fates, fate, point),
        look.notes().memory(),
        Writes.snapshot(look, effect));
  }

  /**
   * A move that our own intent makes is no drift (rule A3); nor does a drift end the gate before
   * our decision is taken away, if it may be.
   */
  private Drift explained(Drift raw, Fate fate, boolean tidying) {
    boolean settled = fate == Fate.LANDED || fate == Fate.TAKEN_BACK || fate == Fate.FAILED_SERVING;
    if (tidying || (settled && raw != Drift.GONE)) {
      return Drift.NONE;
    }
    boolean ours = effect.map(ReadBack.Result::ours).orElse(false);
    return ours && look.intends(Action.PROMOTE) && raw == Drift.MOVED_ON ? Drift.NONE : raw;
  }

  private String where() {
    return look.progress()
        .filter(progress -> look.phase() == CanaryPhase.PROGRESSING)
        .map(progress -> look.phase().text() + ", " + progress)
        .orElse(look.status().phaseText());
  }

  private Map<Cohort, CohortNames> cohorts() {
    if (!canary.gateable() || canary.targetName().isEmpty()) {
      return Map.of();
    }
    return Map.of(
        Cohort.CANARY, names(canary.targetName()), Cohort.STABLE, names(canary.primaryName()));
  }

  private CohortNames names(String name) {
    return new CohortNames(name, PodNames.of(name, canary.targetKind()));
  }

  private List<String> notes(Fate fate) {
    if (fate == Fate.FAILED_SERVING) {
      return List.of("the revision failed and serves: it gets " + fates.failing().whoServes());
    }
    if (fate == Fate.LANDED) {
      // What has landed is read back no more, and our decision may still be there.
      return effect.flatMap(ReadBack.Result::stays).stream().toList();
    }
    return fate == Fate.TAKEN_BACK
        ? List.of("to try this revision again, change its pod template: an annotation is enough")
        : List.of();
  }
}
