package io.jenkins.plugins.canarygate.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Words a measurement as a person reads it, in the units of the criteria it is judged by. */
public final class MeasurementText {
  private final Criteria criteria;

  public MeasurementText(Criteria criteria) {
    this.criteria = criteria;
  }

  /**
   * The values of a measurement as a person reads them; why there are none, where there are none.
   */
  public String of(Measurement measurement) {
    if (measurement.canary().isEmpty() && measurement.stable().isEmpty()) {
      return measurement.detail().isEmpty() ? wordFor(measurement.grade()) : measurement.detail();
    }
    Values values = new Values(measurement.canary(), measurement.stable());
    List<String> parts = new ArrayList<>();
    parts.add(number(Subject.VALUE, measurement.canary()));
    if (measurement.stable().isPresent() || criteria.compares()) {
      parts.add("stable " + number(Subject.VALUE, measurement.stable()));
    }
    for (Subject subject : compared()) {
      values.get(subject).ifPresent(v -> parts.add(subject.text() + " " + show(subject, v)));
    }
    return String.join(", ", parts);
  }

  /** Whether values are read as percent: their criteria are written so. */
  public boolean percent() {
    return Stream.of(Subject.VALUE, Subject.DIFFERENCE)
        .flatMap(this::criteriaOn)
        .anyMatch(criterion -> criterion.text().contains("%"));
  }

  private String number(Subject subject, OptionalDouble value) {
    return value.isPresent() ? show(subject, value.getAsDouble()) : "no data";
  }

  private String show(Subject subject, double value) {
    List<Double> limits = limits(subject).toList();
    // A difference is of the value's own unit, a ratio of none.
    return subject != Subject.RATIO && percent()
        ? Numbers.percent(value, limits)
        : Numbers.value(value, limits);
  }

  private Set<Subject> compared() {
    Set<Subject> subjects = EnumSet.noneOf(Subject.class);
    for (Subject subject : List.of(Subject.RATIO, Subject.DIFFERENCE)) {
      if (criteriaOn(subject).findAny().isPresent()) {
        subjects.add(subject);
      }
    }
    return subjects;
  }

  private Stream<Criterion> criteriaOn(Subject subject) {
    return Stream.of(criteria.fail(), criteria.warn(), criteria.pass())
        .flatMap(List::stream)
        .flatMap(entry -> Stream.ofNullable(entry.all().get(subject)));
  }

  private Stream<Double> limits(Subject subject) {
    return criteriaOn(subject)
        .flatMap(criterion -> criterion.conditions().stream())
        .flatMap(
            condition ->
                condition.operator() == Criterion.Operator.IN
                    ? Stream.of(condition.first(), condition.second())
                    : Stream.of(condition.first()));
  }

  private static String wordFor(Grade grade) {
    return switch (grade) {
      case PASS -> "judged good by the source";
      case WARN -> "judged doubtful by the source";
      case FAIL -> "judged bad by the source";
      case INCONCLUSIVE -> "no data";
      case ERROR -> "the source did not answer";
    };
  }
}
