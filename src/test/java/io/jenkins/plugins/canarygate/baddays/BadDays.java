package io.jenkins.plugins.canarygate.baddays;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All bad days, each lived through once. */
final class BadDays {
  static final List<BadDay> ALL =
      Stream.of(
              GateFileDays.all(),
              ClusterDays.all(),
              HoneycombDays.all(),
              KeptnDays.all(),
              PrometheusDays.all())
          .flatMap(List::stream)
          .toList();
  private static final Map<BadDay, Said> LIVED = new LinkedHashMap<>();

  private BadDays() {}

  /** What the command said and did on that day. */
  static synchronized Said said(BadDay day) {
    return LIVED.computeIfAbsent(day, BadDays::live);
  }

  private static Said live(BadDay day) {
    try (Place place = new Place()) {
      day.happens().accept(place);
      return place.run(day.command());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
