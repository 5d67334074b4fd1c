package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Write;

/** The merge patches, each of which the API server refuses once the object has moved (rule A1). */
final class ArgoWrites {
  static final String PROMOTE = "promote";
  static final String PROMOTE_FULLY = "promoteFully";
  static final String ABORT = "abort";
  static final String RETRY = "retry";
  static final String HOLD = "hold";
  static final String PAUSE = "pause";
  static final String LIFT = "lift";
  private static final String STATUS = "status";

  private ArgoWrites() {}

  /** What an action begins with. */
  static String first(Action action, Look look) {
    return switch (action) {
      case PROMOTE -> look.heldByUs() ? LIFT : PROMOTE;
      case PROMOTE_FULLY -> look.rollout().promoteFull() ? LIFT : PROMOTE_FULLY;
      case ABORT -> ABORT;
      case RETRY -> RETRY;
      case HOLD -> HOLD;
      case PAUSE -> PAUSE;
      case LIFT -> LIFT;
    };
  }

  /** A write, good for one version of the object only. */
  static Write write(String what, String resourceVersion, String gateId) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = body.putObject("metadata").put("resourceVersion", resourceVersion);
    String text =
        switch (what) {
          case PROMOTE -> {
            body.putObject(STATUS).putNull("pauseConditions");
            yield "ended the pause (status.pauseConditions: null)";
          }
          case PROMOTE_FULLY -> {
            body.putObject(STATUS).put("promoteFull", true);
            yield "promoted fully (status.promoteFull: true)";
          }
          case ABORT -> {
            body.putObject(STATUS).put("abort", true);
            yield "aborted (status.abort: true)";
          }
          case RETRY -> {
            body.putObject(STATUS).put("abort", false);
            yield "cleared the abort (status.abort: false)";
          }
          case HOLD, PAUSE -> {
            metadata.putObject("annotations").put(RolloutStatus.HOLD, gateId);
            body.putObject("spec").put("paused", true);
            yield (what.equals(HOLD) ? "held the pause" : "paused") + " (spec.paused: true)";
          }
          case LIFT -> {
            metadata.putObject("annotations").putNull(RolloutStatus.HOLD);
            body.putObject("spec").put("paused", false);
            yield "lifted our hold (spec.paused: false)";
          }
          default -> throw new IllegalArgumentException("no write is called " + what);
        };
    return new Write(what, text, body, body.has(STATUS) ? STATUS : "");
  }
}
