package io.jenkins.plugins.canarygate.server.checks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query as Flagger's {@code prometheus} provider sends it: the name of a check with its arguments
 * as labels, {@code error-rate{namespace="shop",service="checkout"}}. Nothing else of PromQL is
 * known.
 */
final class MetricQuery {
  private static final int LONGEST = 8192;
  private static final Pattern ONLINE = Pattern.compile("\\s*vector\\s*\\(\\s*1\\s*\\)\\s*");
  private static final Pattern NAME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_-]*)\\s*");
  private static final Pattern LABEL =
      Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_]*)\\s*=\\s*(?:\"([^\"\\\\]*)\"|'([^'\\\\]*)')\\s*");

  private MetricQuery() {}

  /** Whether it is what Flagger asks to see whether anybody is there. */
  static boolean isOnline(String query) {
    return query.length() <= LONGEST && ONLINE.matcher(query).matches();
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message says what one looks like
   */
  static CheckQuestion read(String query, String namespaceLabel) {
    if (query.length() > LONGEST) {
      throw new IllegalArgumentException("the query has more than " + LONGEST + " characters");
    }
    Matcher name = NAME.matcher(query);
    if (!name.lookingAt()) {
      throw wrong();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    int at = name.end();
    if (at < query.length()) {
      labels(query, at, labels);
    }
    Optional<String> namespace = Optional.ofNullable(labels.remove(namespaceLabel));
    return new CheckQuestion(name.group(1), namespace, labels);
  }

  private static void labels(String query, int from, Map<String, String> labels) {
    if (query.charAt(from) != '{') {
      throw wrong();
    }
    int at = from + 1;
    Matcher label = LABEL.matcher(query);
    while (label.region(at, query.length()).lookingAt()) {
      String value = label.group(2) != null ? label.group(2) : label.group(3);
      if (labels.put(label.group(1), value) != null) {
        throw new IllegalArgumentException("the query gives a label twice");
      }
      at = label.end();
      if (at < query.length() && query.charAt(at) == ',') {
        at++;
      } else {
        break;
      }
    }
    if (!query.substring(at).strip().equals("}")) {
      throw wrong();
    }
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "the query must be the name of a check with its arguments, as"
            + " error-rate{namespace=\"shop\",service=\"checkout\"}, or vector(1); PromQL is not"
            + " known here");
  }
}
