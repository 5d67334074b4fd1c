package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What can be odd about a query's result that comes with status 200. */
public enum Deviation {
  NONE,
  /** It never gets complete. */
  FOREVER_INCOMPLETE,
  /** It is complete, with an error and without data. */
  FAILED,
  /** The results lack the first calculation. */
  MISSING_RESULT,
  /** There are rows of values that nobody asked for. */
  EXTRA_ROWS,
  /** There is no row at all. */
  NO_ROWS,
  /** Numbers come as strings. */
  STRINGS_FOR_NUMBERS;

  void change(ObjectNode data, JsonNode query) {
    ArrayNode results = (ArrayNode) data.path("results");
    switch (this) {
      case MISSING_RESULT -> {
        String first = Calculation.name(query.path("calculations").path(0));
        results.forEach(row -> ((ObjectNode) row.path("data")).remove(first));
      }
      case EXTRA_ROWS -> extraRows(results, query);
      case NO_ROWS -> results.removeAll();
      case STRINGS_FOR_NUMBERS ->
          results.forEach(
              row ->
                  row.path("data")
                      .properties()
                      .forEach(
                          field ->
                              field.setValue(
                                  com.fasterxml.jackson.databind.node.TextNode.valueOf(
                                      field.getValue().asText()))));
      default -> {}
    }
  }

  private static void extraRows(ArrayNode results, JsonNode query) {
    for (String stranger : new String[] {"somebody-else-1", "somebody-else-2"}) {
      ObjectNode row = results.insertObject(0).putObject("data");
      query.path("breakdowns").forEach(column -> row.put(column.asText(), stranger));
      query
          .path("calculations")
          .forEach(calculation -> row.put(Calculation.name(calculation), 987654.5));
    }
  }
}
