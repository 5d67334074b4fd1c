package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Instant;
import java.util.Optional;

/** The merge patches, each of which the API server refuses once the object has moved (rule A1). */
final class Writes {
  /** Marks our field among others', so that GitOps tools leave it alone. */
  static final String FIELD_MANAGER = "?fieldManager=canary-gate";

  private static final String LIVE = "live";
  private static final String DUE = "due";
  private final String gateId;

  Writes(String gateId) {
    this.gateId = gateId;
  }

  /** What {@link #next} needs of a look. */
  static JsonNode snapshot(Look look, Optional<ReadBack.Result> effect) {
    ObjectNode snapshot = JsonNodeFactory.instance.objectNode();
    snapshot.put("resourceVersion", look.canary().resourceVersion());
    snapshot.put(
        "notAfter", Horizon.end(look.canary(), look.notes().heldUntil(), look.now()).toString());
    look.live()
        .ifPresent(
            live ->
                snapshot
                    .putObject(LIVE)
                    .put("uid", live.uid())
                    .put("lastAppliedSpec", live.lastAppliedSpec())
                    .put("trackedConfigs", live.trackedConfigs())
                    .put("template", live.template()));
    effect.flatMap(ReadBack.Result::due).ifPresent(what -> snapshot.put(DUE, what));
    return snapshot;
  }

  /** The write that is due; empty where there is nothing to send. */
  Optional<Write> next(Intent intent, Observation fresh) {
    JsonNode snapshot = fresh.snapshot();
    Optional<String> what =
        fresh.effect().isPresent()
            ? KubeJson.text(snapshot, DUE)
            // The look that led to the intent knew of none: the decision is due.
            : Optional.of(intent.action().text())
                .filter(w -> fresh.can(intent.action()).state() == Readiness.State.READY);
    if (what.isEmpty()) {
      return Optional.empty();
    }
    return what.get().equals(Write.WITHDRAW)
        ? Optional.of(write(Write.WITHDRAW, snapshot, Optional.empty()))
        : decision(intent, snapshot).map(d -> write(what.get(), snapshot, Optional.of(d)));
  }

  private Optional<Decision> decision(Intent intent, JsonNode snapshot) {
    Binding fenced = new FlaggerFence(intent.fence()).binding();
    JsonNode tree = snapshot.path(LIVE);
    Binding live =
        new Binding(
            tree.path("uid").asText(""),
            tree.path("lastAppliedSpec").asText(""),
            tree.path("trackedConfigs").asText(""),
            tree.path("template").asText(""));
    boolean promotes = intent.action() == Action.PROMOTE;
    // Promoted is what was judged; taken back is the content, whenever it is taken up anew.
    boolean fits =
        promotes
            ? fenced.equals(live)
            : fenced.uid().equals(live.uid()) && fenced.template().equals(live.template());
    Decision.Action action = promotes ? Decision.Action.PROMOTE : Decision.Action.ABORT;
    Instant notAfter = Instant.parse(snapshot.path("notAfter").asText());
    return fits ? Optional.of(new Decision(gateId, action, live, notAfter)) : Optional.empty();
  }

  private static Write write(String what, JsonNode snapshot, Optional<Decision> decision) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("resourceVersion", snapshot.path("resourceVersion").asText());
    ObjectNode annotations = metadata.putObject("annotations");
    decision.ifPresentOrElse(
        d -> annotations.put(Decision.ANNOTATION, d.write()),
        () -> annotations.putNull(Decision.ANNOTATION));
    String text =
        decision
            .map(
                d ->
                    (what.equals(Write.RENEW) ? "renewed" : "wrote")
                        + " the decision to "
                        + d.action().text()
                        + " ("
                        + Decision.ANNOTATION
                        + "), good until "
                        + d.notAfter())
            .orElse("removed the decision (" + Decision.ANNOTATION + ")");
    return new Write(what, text, body, "");
  }
}
