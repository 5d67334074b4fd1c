package io.jenkins.plugins.canarygate.evidence.honeycomb;

import java.util.Set;

/**
 * What {@code GET /1/auth} says of a key.
 *
 * @param type configuration or ingest
 * @param team the team it belongs to
 * @param environment the environment it belongs to; empty for Honeycomb Classic
 * @param rights the names of {@code api_key_access} that are true
 */
record KeyAccess(String type, String team, String environment, Set<String> rights) {

  /** A right that a key may have, by Honeycomb's name on the page and in the API. */
  enum Right {
    MANAGE_QUERIES("Manage Queries and Columns", "columns"),
    RUN_QUERIES("Run Queries", "queries"),
    MANAGE_MARKERS("Manage Markers", "markers"),
    MANAGE_SLOS("Manage SLOs", "slos"),
    MANAGE_TRIGGERS("Manage Triggers", "triggers");

    private final String title;
    private final String field;

    Right(String title, String field) {
      this.title = title;
      this.field = field;
    }

    String title() {
      return title;
    }
  }

  boolean has(Right right) {
    return rights.contains(right.field);
  }
}
