package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;

/**
 * A step of a canary.
 *
 * @param json as it stands in the spec
 */
public record Step(ObjectNode json) {

  public static Step setWeight(int percent) {
    return new Step(Json.object().put("setWeight", percent));
  }

  /** Waits until somebody promotes. */
  public static Step pause() {
    return new Step(Json.of("{'pause':{}}"));
  }

  /**
   * Waits so long.
   *
   * @param duration as {@code 5m}
   */
  public static Step pause(String duration) {
    ObjectNode step = Json.object();
    step.putObject("pause").put("duration", duration);
    return new Step(step);
  }

  /** Waits for an analysis by the template of this name, which need not be there. */
  public static Step analysis(String template) {
    ObjectNode step = Json.object();
    step.putObject("analysis").putArray("templates").addObject().put("templateName", template);
    return new Step(step);
  }

  public static Step setCanaryScale(int replicas) {
    ObjectNode step = Json.object();
    step.putObject("setCanaryScale").put("replicas", replicas);
    return new Step(step);
  }
}
