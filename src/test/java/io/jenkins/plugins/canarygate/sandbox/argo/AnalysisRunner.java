package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Plays the analysis controller: runs end as a script says, or go on until somebody ends them. */
final class AnalysisRunner {
  private final ObjectStore store;
  private final InstantSource clock;
  private final Reconcile.Requeue requeue;
  private final Map<String, Outcome> script = new HashMap<>();

  private record Outcome(String phase, String message, Duration after) {}

  AnalysisRunner(ObjectStore store, InstantSource clock, Reconcile.Requeue requeue) {
    this.store = store;
    this.clock = clock;
    this.requeue = requeue;
  }

  /** How every run of a metric, or of a template that is not there, ends. */
  void script(String metric, String phase, String message, Duration after) {
    script.put(metric, new Outcome(phase, message, after));
  }

  void settle(ObjectKey key) {
    store.find(key).map(Stored::tree).ifPresent(run -> settle(key, run));
  }

  private void settle(ObjectKey key, ObjectNode run) {
    String phase = run.path("status").path("phase").asText("");
    if (Analyses.isCompleted(phase)) {
      return;
    }
    if (phase.isEmpty()) {
      finish(key, run, "Running", "");
      run = store.get(key).tree();
    }
    if (run.path("spec").path("terminate").asBoolean()) {
      // What has breached no limit becomes Successful: never a proof of anything.
      finish(key, run, "Successful", "Run Terminated");
      return;
    }
    Outcome outcome = script.get(run.at("/spec/metrics/0/name").asText());
    if (outcome != null) {
      Instant due = Instant.parse(run.at("/status/startedAt").asText()).plus(outcome.after());
      if (clock.instant().isBefore(due)) {
        requeue.at(key, due);
      } else {
        finish(key, run, outcome.phase(), outcome.message());
      }
    }
  }

  /** Gives a run a phase, and one measurement of each metric that goes with it. */
  void finish(ObjectKey key, ObjectNode run, String phase, String message) {
    String now = Pauses.second(clock.instant());
    store.change(
        key,
        ObjectStore.Part.WHOLE,
        live -> {
          ObjectNode status = live.withObject("/status");
          status.put("phase", phase);
          if (!message.isEmpty()) {
            status.put("message", message);
          }
          if (!status.has("startedAt")) {
            status.put("startedAt", now);
          }
          if (Analyses.isCompleted(phase)) {
            status.put("completedAt", now);
            if (!message.equals("Run Terminated")) {
              measure(status, run.path("spec").path("metrics"), phase, now);
            }
          }
          return live;
        });
  }

  private static void measure(ObjectNode status, JsonNode metrics, String phase, String now) {
    var results = status.putArray("metricResults");
    for (JsonNode metric : metrics) {
      ObjectNode result = results.addObject();
      result.put("name", metric.path("name").asText()).put("phase", phase).put("count", 1);
      result.put(
          switch (phase) {
            case "Successful" -> "successful";
            case "Failed" -> "failed";
            case "Inconclusive" -> "inconclusive";
            default -> "error";
          },
          1);
      result
          .putArray("measurements")
          .addObject()
          .put("phase", phase)
          .put("startedAt", now)
          .put("finishedAt", now)
          .put("value", "1");
    }
  }
}
