package io.jenkins.plugins.canarygate.evidence.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import java.time.Duration;
import java.util.Optional;

/** The wording of everything that Prometheus refuses: what was wrong, and what to do. */
final class PrometheusProblems {
  private static final int LONGEST = 300;

  private PrometheusProblems() {}

  /**
   * What an answer means that says that it is an error, or other than a success.
   *
   * @param status its HTTP status
   * @param body the answer; a missing node where it was no JSON
   */
  static PrometheusException of(int status, JsonNode body, Optional<Duration> retryAfter) {
    String said = said(body);
    String code = " (" + status + (said.isEmpty() ? ")" : ": " + said + ")");
    if (status >= 300 && status < 400) {
      return problem(
          Kind.REDIRECTED,
          "Prometheus' address answers with a redirect" + code,
          ", which is never followed; give the address of the API itself, without /graph or"
              + " /api/v1");
    }
    if (status == 401) {
      return problem(
          Kind.BAD_SECRET,
          "Prometheus does not accept who asks" + code,
          "; give a token or a name and password that are good there, and the tenant where it has"
              + " several");
    }
    if (status == 403) {
      return problem(
          Kind.FORBIDDEN,
          "Prometheus does not let this account ask" + code,
          "; give the account the right to query");
    }
    if (status == 429) {
      return new PrometheusException(
          Kind.RATE_LIMITED, "Prometheus limits the rate of requests" + code, retryAfter);
    }
    return switch (body.path("errorType").asText("")) {
      case "bad_data" ->
          problem(
              Kind.INVALID,
              "Prometheus refuses the query" + code,
              "; correct it, trying it in Prometheus' own page");
      case "timeout", "canceled" ->
          failed("Prometheus took too long over the query" + code, retryAfter);
      case "execution" -> failed("Prometheus could not evaluate the query" + code, retryAfter);
      default -> byStatus(status, code, retryAfter);
    };
  }

  private static PrometheusException byStatus(
      int status, String code, Optional<Duration> retryAfter) {
    if (status == 404) {
      return problem(
          Kind.NOT_FOUND,
          "there is no Prometheus API at this address" + code,
          "; give the address that /api/v1/query is under, as http://prometheus:9090, or"
              + " …/prometheus for Mimir");
    }
    if (status == 400 || status == 422) {
      return problem(
          Kind.INVALID,
          "Prometheus refuses the query" + code,
          "; correct it, trying it in Prometheus' own page");
    }
    if (status >= 500 || status == 200) {
      return failed("Prometheus failed to answer" + code, retryAfter);
    }
    return problem(
        Kind.NOT_UNDERSTOOD,
        "Prometheus gave an unexpected answer" + code,
        "; see whether the address is that of its API");
  }

  private static PrometheusException problem(Kind kind, String what, String remedy) {
    return new PrometheusException(kind, what + remedy);
  }

  private static PrometheusException failed(String what, Optional<Duration> retryAfter) {
    return new PrometheusException(Kind.FAILED, what, retryAfter);
  }

  private static String said(JsonNode body) {
    for (String name : new String[] {"error", "message"}) {
      if (body.path(name).isTextual()) {
        return line(body.path(name).textValue());
      }
    }
    return "";
  }

  /** One line of bounded length out of a text that another wrote. */
  static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
