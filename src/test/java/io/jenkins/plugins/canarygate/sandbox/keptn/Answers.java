package io.jenkins.plugins.canarygate.sandbox.keptn;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What the data sources behind the operator's providers answer, by the query that is asked. */
public final class Answers {
  private final Map<String, Function<Asked, String>> byQuery = new LinkedHashMap<>();
  private Function<Asked, String> otherwise =
      asked -> {
        throw new SourceException("no values in query result");
      };

  /**
   * A query that reached a data source.
   *
   * @param type of its provider
   * @param from begin of the window; the moment itself for a metric without one
   */
  public record Asked(String type, String query, Instant from, Instant to) {}

  /** A data source that fails as a person reads it in {@code errMsg}. */
  public static final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
      super(message, null, false, false);
    }
  }

  /** From now on a query has this value, as text. */
  public Answers value(String query, String value) {
    byQuery.put(query, asked -> value);
    return this;
  }

  /** From now on a query fails. */
  public Answers failure(String query, String message) {
    byQuery.put(
        query,
        asked -> {
          throw new SourceException(message);
        });
    return this;
  }

  /** From now on a query is answered by a function, which may throw {@link SourceException}. */
  public Answers function(String query, Function<Asked, String> answer) {
    byQuery.put(query, answer);
    return this;
  }

  /** What every other query answers. */
  public Answers otherwise(String value) {
    otherwise = asked -> value;
    return this;
  }

  String ask(Asked asked) {
    return byQuery.getOrDefault(asked.query(), otherwise).apply(asked);
  }
}
