package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Errors as Honeycomb answers them: problem documents, and the older bare ones. */
final class Problem {
  private static final String TYPES = "https://api.honeycomb.io/problems/";

  private Problem() {}

  static Answer unauthorized() {
    return bare(401, "unknown API key - check your credentials");
  }

  static Answer lacksRight(int status, String right) {
    return bare(status, "this API key does not have the permission: " + right);
  }

  static Answer bare(int status, String text) {
    return Answer.json(status, Json.object().put("error", text));
  }

  static Answer notFound(String what) {
    return problem(404, "not-found", "The requested resource cannot be found.", what);
  }

  static Answer invalid(ArrayNode details) {
    ObjectNode body =
        body(
            422,
            "validation-failed",
            "The provided input is invalid.",
            "The provided input is invalid.");
    body.set("type_detail", details);
    return answer(422, body);
  }

  static Answer unparseable(String why) {
    return problem(400, "unparseable", "The request body could not be parsed.", why);
  }

  /** Query Data says neither when to come back nor how much is left. */
  static Answer queryDataLimit() {
    ObjectNode body =
        body(
            429,
            "rate-limited",
            "You have exceeded your rate limit.",
            "You have exceeded your rate limit.");
    body.put("detail", "This endpoint allows 10 requests per minute.");
    return answer(429, body);
  }

  static Answer limited(Instant until, long seconds) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atZone(ZoneOffset.UTC));
    return problem(
            429,
            "rate-limited",
            "You have exceeded your rate limit.",
            "You have exceeded your rate limit.")
        .with("Retry-After", date.replaceFirst(" (\\d) ", " 0$1 "))
        .with("RateLimit", "limit=100, remaining=0, reset=" + seconds)
        .with("RateLimitPolicy", "100;w=60");
  }

  static Answer byStatus(int status) {
    return switch (status) {
      case 401 -> unauthorized();
      case 403 -> lacksRight(403, "laid on the call by a test");
      case 404 -> notFound("Dataset not found");
      case 422 -> {
        ArrayNode details = Json.MAPPER.createArrayNode();
        details
            .addObject()
            .put("field", "calculations[0].op")
            .put("code", "invalid")
            .put("description", "calculations[0].op: invalid op");
        yield invalid(details);
      }
      default -> problem(status, "internal", "Something went wrong.", "something went wrong!");
    };
  }

  private static Answer problem(int status, String type, String title, String error) {
    ObjectNode body = body(status, type, title, error);
    body.put("detail", error);
    return answer(status, body);
  }

  private static ObjectNode body(int status, String type, String title, String error) {
    return Json.object()
        .put("status", status)
        .put("type", TYPES + type)
        .put("title", title)
        .put("error", error)
        .put("instance", "06dcdd6508ca822f0e7e2bb4121c1f52");
  }

  private static Answer answer(int status, ObjectNode body) {
    return Answer.json(status, body).ofType("application/problem+json");
  }
}
