package io.jenkins.plugins.canarygate.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param headers further headers
 * @param body may be empty
 */
public record Answer(int status, String type, Map<String, String> headers, byte[] body) {

  public static Answer json(int status, JsonNode body) {
    return json(status, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static Answer json(int status, byte[] body) {
    return new Answer(status, "application/json", Map.of(), body);
  }

  public static Answer empty(int status) {
    return new Answer(status, "text/plain", Map.of(), new byte[0]);
  }

  public Answer ofType(String other) {
    return new Answer(status, other, headers, body);
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, more, body);
  }

  public Answer withBody(byte[] other) {
    return new Answer(status, type, headers, other);
  }
}
