package io.jenkins.plugins.canarygate.evidence.honeycomb;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many query results a process creates in a minute, and who is next. Honeycomb's limit is the
 * team's, not ours, so a process takes a part of it. One line for each account; whoever asks first
 * is served first, and a place in the line that nobody comes back for is dropped. Thread-safe; it
 * knows no clock.
 */
public final class HoneycombQuota {
  /** What a process takes where nobody said otherwise, of the ten a minute of the whole team. */
  public static final int BY_DEFAULT = 3;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  // A place whose owner is this late is free again.
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final int perMinute;
  private final Map<String, Line> lines = new HashMap<>();

  /** What was answered to somebody who asked. */
  sealed interface Turn {
    /** Now; the slot is taken. */
    record Go() implements Turn {}

    /** Ask again then; {@code place} is 1 for who is next. */
    record Wait(Instant until, int place) implements Turn {}
  }

  private static final class Line {
    final Deque<Instant> taken = new ArrayDeque<>();
    final LinkedHashMap<String, Instant> droppedAfter = new LinkedHashMap<>();
    Instant notBefore = Instant.MIN;
  }

  public HoneycombQuota() {
    this(BY_DEFAULT);
  }

  /**
   * @param perMinute at least 1
   */
  public HoneycombQuota(int perMinute) {
    if (perMinute < 1) {
      throw new IllegalArgumentException(
          "at least one Honeycomb query result a minute must be allowed, not " + perMinute);
    }
    this.perMinute = perMinute;
  }

  public int perMinute() {
    return perMinute;
  }

  /**
   * Asks for a slot, or for how the one that was asked for stands.
   *
   * @param reservation who asks; the same at each time it asks
   */
  synchronized Turn ask(String account, String reservation, Instant now) {
    Line line = lines.computeIfAbsent(account, a -> new Line());
    forget(line, now);
    line.droppedAfter.putIfAbsent(reservation, now);
    List<Instant> slots = slots(line, now);
    int place = new ArrayList<>(line.droppedAfter.keySet()).indexOf(reservation);
    Instant slot = slots.get(place);
    if (slot.isAfter(now)) {
      line.droppedAfter.put(reservation, slot.plus(GRACE));
      return new Turn.Wait(slot, place + 1);
    }
    line.droppedAfter.remove(reservation);
    line.taken.addLast(now);
    return new Turn.Go();
  }

  /** The slot that was taken at {@code at} was not used after all. */
  synchronized void giveBack(String account, Instant at) {
    Line line = lines.get(account);
    if (line != null) {
      line.taken.removeLastOccurrence(at);
    }
  }

  /** Honeycomb said no: nobody goes before {@code until}, and who was refused goes first then. */
  synchronized void pushBack(String account, String reservation, Instant until) {
    Line line = lines.computeIfAbsent(account, a -> new Line());
    if (until.isAfter(line.notBefore)) {
      line.notBefore = until;
    }
    Map<String, Instant> others = new LinkedHashMap<>(line.droppedAfter);
    others.remove(reservation);
    line.droppedAfter.clear();
    line.droppedAfter.put(reservation, until.plus(GRACE));
    // Whoever was told an earlier slot still comes at that one, and is then told the later.
    others.forEach(line.droppedAfter::put);
  }

  private void forget(Line line, Instant now) {
    line.taken.removeIf(at -> !at.isAfter(now.minus(MINUTE)));
    line.droppedAfter.values().removeIf(after -> after.isBefore(now));
    lines
        .values()
        .removeIf(
            other ->
                other != line
                    && other.taken.isEmpty()
                    && other.droppedAfter.isEmpty()
                    && !other.notBefore.isAfter(now));
  }

  private List<Instant> slots(Line line, Instant now) {
    List<Instant> times = new ArrayList<>(line.taken);
    int before = times.size();
    Instant earliest = line.notBefore.isAfter(now) ? line.notBefore : now;
    for (int i = 0; i < line.droppedAfter.size(); i++) {
      Instant slot = earliest;
      if (times.size() >= perMinute) {
        Instant free = times.get(times.size() - perMinute).plus(MINUTE);
        slot = free.isAfter(slot) ? free : slot;
      }
      times.add(slot);
    }
    return times.subList(before, times.size());
  }
}
