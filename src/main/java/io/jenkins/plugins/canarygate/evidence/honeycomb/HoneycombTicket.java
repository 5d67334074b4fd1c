package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.evidence.honeycomb.SharedResult.Created;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which results were created for a measurement, so that a restarted process goes on with them
 * rather than paying again: {@code h1 GROUP:ID:SECONDS,…}. It holds no secret.
 *
 * @param results by {@link ResultSpec#groupId}
 */
record HoneycombTicket(Map<String, Created> results) {
  private static final String VERSION = "h1 ";

  /** Reads a ticket; what is no ticket of ours is an empty one. */
  static HoneycombTicket of(Optional<String> text) {
    Map<String, Created> results = new LinkedHashMap<>();
    for (String part :
        text.filter(t -> t.startsWith(VERSION))
            .map(t -> t.substring(VERSION.length()).split(","))
            .orElse(new String[0])) {
      String[] fields = part.split(":");
      if (fields.length == 3 && fields[1].matches("[\\w-]+") && fields[2].matches("\\d{1,11}")) {
        Instant at = Instant.ofEpochSecond(Long.parseLong(fields[2]));
        results.put(fields[0], new Created(fields[1], at, at.plus(ResultRun.LIMIT), at, 0));
      }
    }
    return new HoneycombTicket(results);
  }

  Optional<Created> result(ResultSpec spec) {
    return Optional.ofNullable(results.get(spec.groupId()));
  }

  /** The text to keep; empty if nothing was created yet. */
  Optional<String> text() {
    return results.isEmpty()
        ? Optional.empty()
        : Optional.of(
            results.entrySet().stream()
                .map(
                    e ->
                        e.getKey()
                            + ":"
                            + e.getValue().id()
                            + ":"
                            + e.getValue().at().getEpochSecond())
                .collect(Collectors.joining(",", VERSION, "")));
  }
}
