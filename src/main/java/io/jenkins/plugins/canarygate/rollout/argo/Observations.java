package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Revision;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.kube.LookAgain;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what a look means. */
final class Observations {
  private final Look look;
  private final RolloutStatus rollout;
  private final TakingBack takingBack;
  private final Optional<ReadBack.Result> effect;

  Observations(Look look) {
    this.look = look;
    this.rollout = look.rollout();
    this.takingBack = new TakingBack(look);
    this.effect = look.intent().map(intent -> ReadBack.of(look, intent, takingBack).read());
  }

  /** The object is not there. */
  static Observation absent(Target target, Question question, Notes notes, String why) {
    return Observation.absent(
        target, question, why, LookAgain.absent(question, target), notes.memory());
  }

  Observation observe(Optional<Revision> revision) {
    Fate fate = fate();
    Traffic traffic = new Traffic(look);
    Optional<GatePoint> point =
        fate == Fate.UNDER_WAY || fate == Fate.ADVANCED
            ? new GatePoints(look).point(traffic)
            : Optional.empty();
    Drift raw = look.fence().map(fence -> new ArgoFence(fence).drift(look)).orElse(replaced());
    if (look.ours().current()) {
      look.notes().analysis(rollout.hash(), boxedStep(), rollout.analysisRuns(), look.now());
    }
    return new Observation(
        look.now(),
        rollout.settled(),
        Optional.of(rollout.uid()),
        fate,
        revision,
        where(),
        rollout.phase(),
        point,
        ArgoFence.take(look),
        explained(raw),
        effect.map(ReadBack.Result::effect),
        effect.map(ReadBack.Result::text).orElse(""),
        new Possible(look, swallowed() ? Drift.NONE : raw, point.isPresent()).all(),
        Hindrances.of(look, fate, point, takingBack),
        traffic.since(),
        traffic.share(),
        cohorts(),
        notes(),
        Pace.of(look, fate, point),
        look.notes().memory(),
        ArgoRolloutDriver.snapshot(look, effect));
  }

  private Optional<Integer> boxedStep() {
    return rollout.step().isPresent() ? Optional.of(rollout.step().getAsInt()) : Optional.empty();
  }

  private Fate fate() {
    if (Landing.landed(look)) {
      return Fate.LANDED;
    }
    if (takingBack.fate().isPresent()) {
      return takingBack.fate().get();
    }
    if (!look.ours().current()) {
      return Fate.UNTOUCHED;
    }
    // Without a fence, what stands there may be what the pipeline is about to replace.
    if (look.fence().isEmpty() && !rollout.settled() && rollout.hash().equals(rollout.stable())) {
      return Fate.UNTOUCHED;
    }
    return Landing.advanced(look) ? Fate.ADVANCED : Fate.UNDER_WAY;
  }

  /** Before the fence, a revision that was ours and went is known all the same. */
  private Drift replaced() {
    return look.ours().replaced() ? Drift.OTHER_REVISION : Drift.NONE;
  }

  private boolean swallowed() {
    return effect.filter(result -> result.effect() == Effect.SWALLOWED).isPresent();
  }

  /** A move that our own intent makes is no drift (rule A3). */
  private Drift explained(Drift raw) {
    if (effect.isEmpty()
        || !effect.get().ours()
        || raw == Drift.GONE
        || raw == Drift.OTHER_REVISION) {
      return raw;
    }
    return switch (look.intent().get().action()) {
      case PROMOTE, PROMOTE_FULLY, RETRY -> Drift.NONE;
      case ABORT, LIFT -> raw == Drift.HOLD_LIFTED ? Drift.NONE : raw;
      case HOLD, PAUSE -> raw;
    };
  }

  private String where() {
    if (rollout.hash().isEmpty()) {
      return "";
    }
    String share =
        rollout.canaryWeight().isPresent() && !rollout.hash().equals(rollout.stable())
            ? ", " + rollout.canaryWeight().getAsInt() + " %"
            : "";
    if (look.strategy().isBlueGreen()) {
      return rollout.activeSelector().equals(rollout.hash()) ? "switched" : "not switched";
    }
    return rollout.step().isPresent()
        ? "step " + rollout.step().getAsInt() + " of " + look.strategy().stepCount() + share
        : "without steps" + share;
  }

  private Map<Cohort, CohortNames> cohorts() {
    Map<Cohort, CohortNames> cohorts = new EnumMap<>(Cohort.class);
    names(look.ours().hash().filter(hash -> look.ours().current()).orElse(rollout.hash()))
        .ifPresent(names -> cohorts.put(Cohort.CANARY, names));
    names(rollout.stable()).ifPresent(names -> cohorts.put(Cohort.STABLE, names));
    return cohorts;
  }

  private Optional<CohortNames> names(String hash) {
    return look.notes().setName(hash).map(set -> new CohortNames(hash, PodNames.of(set)));
  }

  private List<String> notes() {
    boolean preview =
        look.strategy().isBlueGreen()
            && takingBack.asked()
            && rollout.previewSelector().equals(rollout.hash());
    return preview
        ? List.of("the preview service goes on pointing at the aborted ReplicaSet")
        : List.of();
  }
}
