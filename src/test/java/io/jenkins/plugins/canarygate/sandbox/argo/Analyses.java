package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts, heeds and ends the AnalysisRuns of a Rollout ({@code rollout/analysis.go}). */
final class Analyses {
  private final Reconcile pass;
  private final Map<Kind, ObjectNode> current = new EnumMap<>(Kind.class);
  private boolean reconciled;

  /** What an analysis is for. */
  enum Kind {
    STEP("Step", "/canary", "currentStepAnalysisRunStatus", "Step-based analysis"),
    BACKGROUND(
        "Background", "/canary", "currentBackgroundAnalysisRunStatus", "Background analysis"),
    PRE(
        "PrePromotion",
        "/blueGreen",
        "prePromotionAnalysisRunStatus",
        "Blue/green pre-promotion analysis"),
    POST(
        "PostPromotion",
        "/blueGreen",
        "postPromotionAnalysisRunStatus",
        "Blue/green post-promotion analysis");

    final String label;
    final String part;
    final String field;
    final String words;

    Kind(String label, String part, String field, String words) {
      this.label = label;
      this.part = part;
      this.field = field;
      this.words = words;
    }
  }

  Analyses(Reconcile pass) {
    this.pass = pass;
    for (Kind kind : Kind.values()) {
      String name = pass.rollout.status().at(kind.part + "/" + kind.field + "/name").asText("");
      pass.store.find(key(name)).map(Stored::tree).ifPresent(run -> current.put(kind, run));
    }
  }

  private ObjectKey key(String name) {
    return new ObjectKey(Resource.ANALYSIS_RUNS, pass.rollout.namespace(), name);
  }

  static boolean isCompleted(String phase) {
    return List.of("Successful", "Failed", "Error", "Inconclusive").contains(phase);
  }

  private static String phase(JsonNode run) {
    return run.path("status").path("phase").asText("");
  }

  void reconcile() {
    reconciled = true;
    RolloutView rollout = pass.rollout;
    boolean skip =
        rollout.isFullyPromoted()
            || pass.pauses.isAborted()
            || rollout.isPromotedFully()
            || pass.isFastRollback()
            || rollout.stableHash().isEmpty();
    if (skip) {
      List.copyOf(current.values()).forEach(this::terminate);
      current.remove(Kind.STEP);
      current.remove(Kind.BACKGROUND);
    } else if (rollout.isBlueGreen()) {
      heed(Kind.PRE, rollout.blueGreen().path("prePromotionAnalysis"), isPrePromotionDue());
      heed(Kind.POST, rollout.blueGreen().path("postPromotionAnalysis"), isPostPromotionDue());
    } else {
      step();
      background();
    }
    terminateOthers();
    current.forEach(this::writeStatus);
  }

  private void writeStatus(Kind kind, ObjectNode run) {
    ObjectNode status = pass.newStatus.withObject(kind.part).putObject(kind.field);
    status.put("name", run.path("metadata").path("name").asText());
    status.put("status", phase(run));
    String message = run.path("status").path("message").asText("");
    if (!message.isEmpty()) {
      status.put("message", message);
    }
  }

  private void terminateOthers() {
    List<String> kept =
        current.values().stream().map(run -> run.at("/metadata/name").asText()).toList();
    for (Stored run : pass.store.ownedBy(pass.rollout.uid(), Resource.ANALYSIS_RUNS)) {
      if (!kept.contains(run.key().name())) {
        terminate(run.tree());
      }
    }
  }

  private void terminate(ObjectNode run) {
    if (!isCompleted(phase(run)) && !run.at("/spec/terminate").asBoolean()) {
      pass.store.change(
          key(run.at("/metadata/name").asText()),
          ObjectStore.Part.WHOLE,
          live -> {
            live.withObject("/spec").put("terminate", true);
            return live;
          });
    }
  }

  private void step() {
    RolloutView rollout = pass.rollout;
    if (rollout.hasPauseConditions() || rollout.isAborted()) {
      return;
    }
    JsonNode analysis = rollout.step().path("analysis");
    ObjectNode run = current.get(Kind.STEP);
    int index = rollout.stepIndex().orElse(-1);
    boolean ofEarlierStep =
        run != null && !run.at("/metadata/labels/step-index").asText().equals("" + index);
    if (analysis.path("templates").isEmpty() || ofEarlierStep) {
      drop(Kind.STEP);
      return;
    }
    if (needsNew(run)) {
      create(Kind.STEP, analysis, "-" + index, OptionalInt.of(index));
    } else {
      heedOutcome(Kind.STEP, run);
    }
  }

  private void background() {
    RolloutView rollout = pass.rollout;
    JsonNode analysis = rollout.canary().path("analysis");
    if (analysis.path("templates").isEmpty()) {
      drop(Kind.BACKGROUND);
    } else if (rollout.currentHash().isEmpty()
        || rollout.stepIndex().orElse(Integer.MAX_VALUE) < analysis.path("startingStep").asInt(0)) {
      current.remove(Kind.BACKGROUND);
    } else if (rollout.pausedSince(Names.INCONCLUSIVE).isEmpty()) {
      if (needsNew(current.get(Kind.BACKGROUND))) {
        create(Kind.BACKGROUND, analysis, "", OptionalInt.empty());
      } else {
        heedOutcome(Kind.BACKGROUND, current.get(Kind.BACKGROUND));
      }
    }
  }

  private void heed(Kind kind, JsonNode analysis, boolean due) {
    if (analysis.path("templates").isEmpty()) {
      drop(kind);
      return;
    }
    if (!due) {
      Optional.ofNullable(current.get(kind)).ifPresent(this::terminate);
    } else if (pass.rollout.pausedSince(Names.INCONCLUSIVE).isEmpty()
        && needsNew(current.get(kind))) {
      create(kind, analysis, kind == Kind.PRE ? "-pre" : "-post", OptionalInt.empty());
    }
    if (current.containsKey(kind)) {
      heedOutcome(kind, current.get(kind));
    }
  }

  private void drop(Kind kind) {
    Optional.ofNullable(current.remove(kind)).ifPresent(this::terminate);
  }

  private void heedOutcome(Kind kind, ObjectNode run) {
    switch (phase(run)) {
      case "Inconclusive" -> pass.pauses.add(Names.INCONCLUSIVE);
      case "Failed", "Error" -> {
        String message = run.path("status").path("message").asText("");
        pass.pauses.abort(
            kind.words + " phase error/failed" + (message.isEmpty() ? "" : ": " + message));
      }
      default -> {}
    }
  }

  private boolean needsNew(ObjectNode run) {
    RolloutView rollout = pass.rollout;
    if (run == null) {
      return true;
    }
    if (rollout.hasControllerPause()
        && rollout.pausedSince(Names.CANARY_PAUSE).isEmpty()
        && rollout.pausedSince(Names.BLUE_GREEN_PAUSE).isEmpty()) {
      return phase(run).equals("Inconclusive");
    }
    return rollout.status().has("abortedAt");
  }

  private void create(Kind kind, JsonNode analysis, String infix, OptionalInt step) {
    RolloutView rollout = pass.rollout;
    String base = rollout.name() + "-" + pass.fresh.hash() + "-" + rollout.revision() + infix;
    String name = base;
    for (int i = 1; pass.store.find(key(name)).isPresent(); i++) {
      name = base + "." + i;
    }
    ObjectNode run = Json.object();
    ObjectNode metadata = run.putObject("metadata");
    metadata.putObject("annotations").put(Names.REVISION, "" + rollout.revision());
    ObjectNode labels = metadata.putObject("labels");
    labels.put("rollout-type", kind.label).put(Names.HASH, pass.fresh.hash());
    step.ifPresent(index -> labels.put("step-index", "" + index));
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "argoproj.io/v1alpha1")
        .put("kind", "Rollout")
        .put("name", rollout.name())
        .put("uid", rollout.uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    run.putObject("spec").set("metrics", metrics(analysis));
    current.put(kind, pass.store.create(key(name), run).tree());
  }

  private JsonNode metrics(JsonNode analysis) {
    var metrics = Json.MAPPER.createArrayNode();
    for (JsonNode template : analysis.path("templates")) {
      String name = template.path("templateName").asText();
      JsonNode found =
          pass.store
              .find(new ObjectKey(Resource.ANALYSIS_TEMPLATES, pass.rollout.namespace(), name))
              .<JsonNode>map(stored -> stored.tree().at("/spec/metrics"))
              .orElse(MissingNode.getInstance());
      if (found.isMissingNode()) {
        metrics.add(
            Json.of("{'provider':{'web':{'url':'http://metrics.invalid'}}}").put("name", name));
      }
      found.forEach(metrics::add);
    }
    return metrics;
  }

  boolean hasStepSucceeded() {
    return succeeded(Kind.STEP);
  }

  boolean isPrePromotionDone() {
    return !pass.rollout.blueGreen().has("prePromotionAnalysis") || succeeded(Kind.PRE);
  }

  boolean hasPostPromotionSucceeded() {
    return (reconciled || current.containsKey(Kind.POST)) && succeeded(Kind.POST);
  }

  private boolean succeeded(Kind kind) {
    return current.containsKey(kind) && phase(current.get(kind)).equals("Successful");
  }

  private boolean isPrePromotionDue() {
    RolloutView rollout = pass.rollout;
    String active = rollout.activeHash();
    if (active.isEmpty()
        || active.equals(pass.fresh.hash())
        || rollout.stableHash().equals(pass.fresh.hash())) {
      return false;
    }
    if (current.containsKey(Kind.PRE)) {
      return true;
    }
    JsonNode preview = rollout.blueGreen().path("previewReplicaCount");
    return preview.isMissingNode()
        ? pass.fresh.isSaturated(rollout)
        : pass.fresh.replicas() == preview.asInt() && pass.fresh.available() == preview.asInt();
  }

  boolean isPostPromotionDue() {
    RolloutView rollout = pass.rollout;
    return !rollout.stableHash().equals(pass.fresh.hash())
        && rollout.activeHash().equals(pass.fresh.hash())
        && (current.containsKey(Kind.POST) || pass.fresh.isSaturated(rollout));
  }
}
