package io.jenkins.plugins.canarygate.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * When a value is bad, doubtful or good: a list of alternatives each for {@code fail}, {@code warn}
 * and {@code pass} (rules M1 and M2). Empty lists are criteria that were not given.
 */
public record Criteria(List<Entry> fail, List<Entry> warn, List<Entry> pass) {

  /** Criteria of a check that takes none: its source judges by itself (rule M9). */
  public static final Criteria NONE = new Criteria(List.of(), List.of(), List.of());

  /** One alternative: all of its criteria must hold. */
  public record Entry(Map<Subject, Criterion> all) {
    public Entry {
      all = java.util.Collections.unmodifiableMap(new EnumMap<>(all));
    }

    public static Entry of(Subject subject, Criterion criterion) {
      return new Entry(Map.of(subject, criterion));
    }

    Truth holds(Values values) {
      return all.entrySet().stream()
          .map(entry -> holds(entry.getValue(), values.get(entry.getKey())))
          .reduce(Truth.YES, Truth::and);
    }

    private static Truth holds(Criterion criterion, OptionalDouble value) {
      return value.isEmpty() ? Truth.UNKNOWN : Truth.of(criterion.holds(value.getAsDouble()));
    }

    @Override
    public String toString() {
      return all.entrySet().stream()
          .map(
              e ->
                  e.getKey() == Subject.VALUE && all.size() == 1
                      ? e.getValue().text()
                      : e.getKey().text() + " " + e.getValue().text())
          .collect(Collectors.joining(" and "));
    }
  }

  public Criteria {
    fail = List.copyOf(fail);
    warn = List.copyOf(warn);
    pass = List.copyOf(pass);
  }

  public boolean isEmpty() {
    return fail.isEmpty() && warn.isEmpty() && pass.isEmpty();
  }

  /** Whether any criterion compares the canary with the stable revision. */
  public boolean compares() {
    return java.util.stream.Stream.of(fail, warn, pass)
        .flatMap(List::stream)
        .flatMap(entry -> entry.all().keySet().stream())
        .anyMatch(subject -> subject != Subject.VALUE);
  }

  /** Judges one measurement; {@code fail} first, then {@code warn} (rule M2). */
  public Grade grade(Values values) {
    Truth bad = fail.isEmpty() ? Truth.NO : any(fail, values);
    if (!pass.isEmpty()) {
      bad = bad.or(any(pass, values).not());
    }
    if (bad == Truth.YES) {
      return Grade.FAIL;
    }
    Truth doubtful = warn.isEmpty() ? Truth.NO : any(warn, values);
    if (bad == Truth.UNKNOWN || doubtful == Truth.UNKNOWN) {
      return Grade.INCONCLUSIVE;
    }
    return doubtful == Truth.YES ? Grade.WARN : Grade.PASS;
  }

  private static Truth any(List<Entry> entries, Values values) {
    return entries.stream().map(entry -> entry.holds(values)).reduce(Truth.NO, Truth::or);
  }

  /** Shows them as a person would write them: {@code fail > 1%, warn > 0.5%}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, "fail", fail);
    append(text, "warn", warn);
    append(text, "pass", pass);
    return text.toString();
  }

  private static void append(StringBuilder text, String word, List<Entry> entries) {
    if (!entries.isEmpty()) {
      text.append(text.isEmpty() ? "" : ", ").append(word).append(' ');
      text.append(entries.stream().map(Entry::toString).collect(Collectors.joining(" or ")));
    }
  }
}
