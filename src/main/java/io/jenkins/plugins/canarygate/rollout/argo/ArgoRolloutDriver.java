package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.util.List;
import java.util.Optional;

/** Drives one Rollout of Argo Rollouts, {@code argoproj.io/v1alpha1}. */
public final class ArgoRolloutDriver implements RolloutDriver {
  private static final String RESOURCE_VERSION = "resourceVersion";
  private static final String DUE = "due";
  private static final String FIRST = "first";
  private final Reader reader;
  private final Target target;
  private final String gateId;
  private final RevisionReader revisions;

  /**
   * @param client a client of the cluster; it is not closed, and its own retries are not used
   * @param target the Rollout, and what of it
   * @param gateId marks this gate's hold; another gate's is never touched (rule A8)
   */
  public ArgoRolloutDriver(KubernetesClient client, Target target, String gateId) {
    this.reader = new Reader(new KubeApi(client), target);
    this.target = target;
    this.gateId = gateId;
    this.revisions = new RevisionReader(target.revision());
  }

  @Override
  public Observation look(Question question) throws LookException {
    Notes notes = Notes.of(question.memory());
    Optional<RolloutStatus> read = reader.rollout();
    if (read.isEmpty()) {
      notes.absent();
      return Observations.absent(target, question, notes, reader.objects().absence());
    }
    RolloutStatus rollout = read.get();
    notes.about(rollout.uid());
    List<ReplicaSetView> sets = reader.sets(rollout, notes);
    RevisionReader.Ours ours = revisions.read(rollout, question.fence(), notes);
    noteLiftedHold(question, rollout, notes);
    Look look = new Look(target, gateId, question, rollout, ours, sets, notes);
    return new Observations(look).observe(revisions.current(rollout, notes));
  }

  /** A pause after our hold was lifted is another's, even if the annotation was left behind. */
  private static void noteLiftedHold(Question question, RolloutStatus rollout, Notes notes) {
    boolean held = question.fence().map(ArgoFence::new).map(ArgoFence::hold).orElse(false);
    boolean setsOne =
        question
            .intent()
            .filter(i -> i.action() == Action.HOLD || i.action() == Action.PAUSE)
            .isPresent();
    notes.holdLifted(!setsOne && (notes.holdLifted() || (held && !rollout.paused())));
  }

  /** What {@link #next} needs of a look. */
  static JsonNode snapshot(Look look, Optional<ReadBack.Result> effect) {
    ObjectNode snapshot = JsonNodeFactory.instance.objectNode();
    snapshot.put(RESOURCE_VERSION, look.rollout().resourceVersion());
    snapshot.put("revision", look.rollout().hash());
    effect.flatMap(ReadBack.Result::due).ifPresent(what -> snapshot.put(DUE, what));
    ObjectNode first = snapshot.putObject(FIRST);
    for (Action action : Action.values()) {
      first.put(action.name(), ArgoWrites.first(action, look));
    }
    return snapshot;
  }

  @Override
  public Optional<Write> next(Intent intent, Observation fresh) {
    JsonNode snapshot = fresh.snapshot();
    boolean lift = intent.action() == Action.LIFT;
    if (!lift && !snapshot.path("revision").asText("").equals(intent.fence().revision())) {
      return Optional.empty();
    }
    return what(intent, fresh, snapshot)
        .map(what -> ArgoWrites.write(what, snapshot.path(RESOURCE_VERSION).asText(), gateId));
  }

  private static Optional<String> what(Intent intent, Observation fresh, JsonNode snapshot) {
    if (fresh.effect().isPresent()) {
      Effect effect = fresh.effect().get();
      return effect == Effect.DUE || effect == Effect.SWALLOWED
          ? KubeJson.text(snapshot, DUE)
          : Optional.empty();
    }
    // The look that led to the intent knew of none: what it begins with is due.
    return fresh.can(intent.action()).state() == Readiness.State.READY
        ? KubeJson.text(snapshot, FIRST, intent.action().name())
        : Optional.empty();
  }

  @Override
  public Receipt send(Write write) {
    return reader.objects().send(write, "");
  }
}
