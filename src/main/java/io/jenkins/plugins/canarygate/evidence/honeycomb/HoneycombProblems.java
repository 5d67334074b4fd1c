package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The wording of everything that Honeycomb refuses: what was wrong, and what to do. */
final class HoneycombProblems {
  private static final int LONGEST = 300;

  private HoneycombProblems() {}

  /**
   * What an answer other than a success means.
   *
   * @param status its HTTP status
   * @param what what was asked, as {@code the query in dataset checkout}
   * @param right the right of the key that it needs, as Honeycomb names it
   * @param body the answer; a missing node where it was none
   */
  static HoneycombException of(
      int status, String what, String right, JsonNode body, Optional<Duration> retryAfter) {
    String said = said(body);
    String code = " (" + status + (said.isEmpty() ? ")" : ": " + said + ")");
    if (status >= 300 && status < 400) {
      return new HoneycombException(
          Kind.REDIRECTED,
          "Honeycomb's address answers with a redirect"
              + code
              + ", which is never followed with a key; give the API's own address, as "
              + HoneycombClient.US
              + " or "
              + HoneycombClient.EU);
    }
    return switch (status) {
      case 401 ->
          new HoneycombException(
              Kind.BAD_KEY,
              "Honeycomb does not accept the key for "
                  + what
                  + code
                  + "; give a configuration key of the environment, with the right "
                  + right
                  + ", and the address of its region ("
                  + HoneycombClient.US
                  + " or "
                  + HoneycombClient.EU
                  + ")");
      case 403 ->
          new HoneycombException(
              Kind.FORBIDDEN,
              "Honeycomb does not let this key reach "
                  + what
                  + code
                  + "; give the key the right "
                  + right);
      case 404 ->
          new HoneycombException(
              Kind.NOT_FOUND,
              "Honeycomb does not know "
                  + what
                  + code
                  + "; compare the name with the address of its page, and see whether the key"
                  + " belongs to the environment it is in");
      case 400, 422 ->
          new HoneycombException(
              Kind.INVALID,
              "Honeycomb refuses "
                  + what
                  + code
                  + "; correct it, trying it in Honeycomb's query builder");
      case 429 ->
          new HoneycombException(
              Kind.RATE_LIMITED, "Honeycomb limits the rate of requests" + code, retryAfter);
      default ->
          status >= 500
              ? new HoneycombException(
                  Kind.SERVER_ERROR, "Honeycomb failed to answer for " + what + code, retryAfter)
              : new HoneycombException(
                  Kind.NOT_UNDERSTOOD,
                  "Honeycomb gave an unexpected answer for "
                      + what
                      + code
                      + "; see whether the address is that of Honeycomb's API");
    };
  }

  /** What the body says, in any of Honeycomb's three forms. */
  private static String said(JsonNode body) {
    List<String> parts = new ArrayList<>();
    JsonNode details = body.path("type_detail");
    details.forEach(
        detail ->
            parts.add(
                detail.path("description").asText(detail.path("code").asText("invalid"))
                    + field(detail.path("field").asText(""))));
    if (parts.isEmpty()) {
      for (String name : List.of("detail", "error", "title")) {
        if (body.path(name).isTextual() && parts.isEmpty()) {
          parts.add(body.path(name).textValue());
        }
      }
    }
    body.path("errors").forEach(error -> parts.add(error.path("title").asText("")));
    return line(String.join(", ", parts));
  }

  private static String field(String name) {
    return name.isEmpty() ? "" : " [" + name + "]";
  }

  /** One line of bounded length out of a text that another wrote. */
  static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
