package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A webhook of a Canary, as Flagger reads it.
 *
 * @param name its name
 * @param type as {@link Hook#type}; {@code rollout} where none is written
 * @param url what is called
 * @param timeout how long Flagger waits for an answer; 10 s where nothing is written
 * @param retries how often it asks again where no answer came, or one of 5xx
 */
public record Webhook(String name, String type, String url, Duration timeout, int retries) {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  static Webhook of(JsonNode hook) {
    String type = hook.path("type").asText("");
    return new Webhook(
        hook.path("name").asText(""),
        type.isEmpty() ? "rollout" : type,
        hook.path("url").asText(""),
        GoDuration.parse(hook.path("timeout").asText("")).orElse(USUAL_TIMEOUT),
        hook.path("retries").asInt(0));
  }
}
