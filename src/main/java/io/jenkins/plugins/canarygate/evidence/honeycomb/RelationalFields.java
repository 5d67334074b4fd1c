package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Columns of other spans of a trace, which Honeycomb runs once a minute only. */
final class RelationalFields {
  private static final Pattern NAME =
      Pattern.compile("(root|parent|child|none|any\\d?)\\.\\S.*", Pattern.DOTALL);

  private RelationalFields() {}

  /** Whether a query names one in its filters or calculations. */
  static boolean in(JsonNode query) {
    return query != null && (named(query.path("filters")) || named(query.path("calculations")));
  }

  private static boolean named(JsonNode items) {
    for (JsonNode item : items) {
      if (NAME.matcher(item.path("column").asText("")).matches()) {
        return true;
      }
    }
    return false;
  }
}
