package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Honeycomb says of a query that was run.
 *
 * @param complete whether it has ended
 * @param error why it ended without data: that is an HTTP 200 as well
 * @param rows one for each group, in any order; each an object from names to values
 * @param link where a person can look at it, http or https
 */
record QueryResult(
    boolean complete, Optional<String> error, List<JsonNode> rows, Optional<String> link) {
  QueryResult {
    rows = List.copyOf(rows);
  }

  /** Reads an answer of {@code GET /1/query_results/…}. */
  static QueryResult of(JsonNode body) throws HoneycombException {
    if (!body.path("complete").isBoolean()) {
      throw strange("'complete' is missing");
    }
    Optional<String> link = link(body.path("links").path("query_url"));
    boolean complete = body.path("complete").booleanValue();
    JsonNode error = body.path("error");
    if (!complete) {
      return new QueryResult(false, Optional.empty(), List.of(), link);
    }
    if (!error.isMissingNode() && !error.isNull()) {
      String why = HoneycombProblems.line(error.asText("without a reason"));
      return new QueryResult(true, Optional.of(why), List.of(), link);
    }
    return new QueryResult(true, Optional.empty(), rows(body.path("data")), link);
  }

  private static List<JsonNode> rows(JsonNode data) throws HoneycombException {
    JsonNode results = data.path("results");
    if (!data.isObject() || !(results.isArray() || results.isNull())) {
      throw strange("'data.results' is missing");
    }
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode row : results) {
      if (!row.path("data").isObject()) {
        throw strange("a row has no 'data'");
      }
      rows.add(row.path("data"));
    }
    return rows;
  }

  private static Optional<String> link(JsonNode url) {
    return Optional.ofNullable(url.textValue())
        .filter(text -> text.startsWith("https://") || text.startsWith("http://"))
        .filter(text -> text.chars().allMatch(c -> c > 0x20 && c < 0x7f));
  }

  private static HoneycombException strange(String why) {
    return new HoneycombException(
        Kind.NOT_UNDERSTOOD, "Honeycomb's answer is not that of a query result: " + why);
  }
}
