package io.jenkins.plugins.canarygate.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a simulated service got, without headers: they hold the secret.
 *
 * @param call what it asked
 * @param method in capitals
 * @param path decoded, without the query
 * @param query decoded
 * @param body as it came; may be empty
 * @param at when, on the service's clock
 * @param status what was answered; 0 where no answer was given
 */
public record RecordedRequest(
    Call call,
    String method,
    String path,
    Map<String, String> query,
    String body,
    Instant at,
    int status) {

  /** The body read as JSON; missing where it is none. */
  public JsonNode json() {
    try {
      return body.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The {@code metadata.resourceVersion} that the body carried. */
  public Optional<String> resourceVersion() {
    return Optional.ofNullable(json().path("metadata").path("resourceVersion").textValue());
  }
}
