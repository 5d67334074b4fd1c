package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The hours in which a trigger is evaluated, in UTC. An end at or before the start is on the next
 * day.
 */
record TriggerSchedule(Set<DayOfWeek> days, LocalTime start, LocalTime end) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

  /** The schedule of a trigger; empty if it has none. One that is not understood is never open. */
  static Optional<TriggerSchedule> of(JsonNode trigger) {
    if (!trigger.path("evaluation_schedule_type").asText().equals("window")) {
      return Optional.empty();
    }
    JsonNode window = trigger.path("evaluation_schedule").path("window");
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    try {
      for (JsonNode day : window.path("days_of_week")) {
        days.add(DayOfWeek.valueOf(day.asText().toUpperCase(Locale.ROOT)));
      }
      return Optional.of(
          new TriggerSchedule(
              days,
              LocalTime.parse(window.path("start_time").asText(), TIME),
              LocalTime.parse(window.path("end_time").asText(), TIME)));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.of(new TriggerSchedule(Set.of(), LocalTime.MIN, LocalTime.MIN));
    }
  }

  /** Since when it is evaluated without a break; empty if it is not now. */
  Optional<Instant> openSince(Instant now) {
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    Optional<Instant> since = Optional.empty();
    // Back over windows that follow each other without a break, a week at most.
    for (int back = 0; back <= 8; back++) {
      LocalDate day = today.minusDays(back);
      Instant from = day.atTime(start).toInstant(ZoneOffset.UTC);
      Instant to =
          (end.isAfter(start) ? day : day.plusDays(1)).atTime(end).toInstant(ZoneOffset.UTC);
      Instant until = since.orElse(now);
      boolean holds =
          days.contains(day.getDayOfWeek())
              && !from.isAfter(until)
              && (since.isPresent() ? !to.isBefore(until) : to.isAfter(now));
      if (holds) {
        since = Optional.of(from);
      } else if (since.isPresent()) {
        return since;
      }
    }
    return since;
  }
}
