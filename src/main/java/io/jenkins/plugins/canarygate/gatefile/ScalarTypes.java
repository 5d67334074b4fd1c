package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.check.Criterion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How single values of the gate file are read, type by type. */
final class ScalarTypes {
  /** No person writes a longer one, and its pattern takes its time with long rows of digits. */
  private static final int LONGEST_CRITERION = 200;

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,9})?\\s*%?");
  private static final Map<Class<?>, ScalarType> TYPES = new LinkedHashMap<>();

  /**
   * One type.
   *
   * @param name what the table of fields calls it
   * @param must what it must be, to go on after "must be"
   * @param reader its value; empty if the scalar is none
   */
  record ScalarType(String name, String must, Reader reader) {}

  /** Reads a value. */
  interface Reader {
    Optional<Object> read(Node.Scalar scalar);
  }

  static {
    TYPES.put(String.class, new ScalarType("text", "text", ScalarTypes::text));
    TYPES.put(
        Integer.class,
        new ScalarType("whole number", "a whole number from 0 on", ScalarTypes::whole));
    TYPES.put(
        Long.class,
        new ScalarType(
            "whole number",
            "a whole number from 0 on",
            scalar -> whole(scalar).map(number -> ((Integer) number).longValue())));
    TYPES.put(Double.class, new ScalarType("number", "a number from 0 on", ScalarTypes::number));
    TYPES.put(Boolean.class, new ScalarType("true or false", "true or false", ScalarTypes::truth));
    TYPES.put(
        Duration.class,
        new ScalarType(
            "duration",
            "a length of time, as 5m, 1h30m, 90s or 500ms",
            scalar -> ifText(scalar).flatMap(Durations::parse)));
    TYPES.put(
        Percent.class,
        new ScalarType("percent", "a percentage from 0 to 100, as 90", ScalarTypes::percent));
    TYPES.put(
        Criterion.class,
        new ScalarType(
            "criterion",
            "a criterion in quotes, as \"> 1%\", \">= 0, < 5\" or \"in [1, 2]\" (the smaller number"
                + " first)",
            ScalarTypes::criterion));
    TYPES.put(
        Literal.class,
        new ScalarType(
            "text, number, true or false",
            "text, a number, true or false",
            scalar -> Optional.of(new Literal(scalar.text()))));
  }

  private ScalarTypes() {}

  static Optional<ScalarType> of(Class<?> type) {
    return Optional.ofNullable(TYPES.get(type));
  }

  private static Optional<String> ifText(Node.Scalar scalar) {
    return scalar.kind() == Node.Kind.TEXT ? Optional.of(scalar.text()) : Optional.empty();
  }

  private static Optional<Object> text(Node.Scalar scalar) {
    return ifText(scalar).map(text -> text);
  }

  private static Optional<Object> whole(Node.Scalar scalar) {
    return scalar.kind() == Node.Kind.NUMBER && WHOLE.matcher(scalar.text()).matches()
        ? Optional.<Object>of(Integer.parseInt(scalar.text())).filter(number -> (int) number >= 0)
        : Optional.empty();
  }

  private static Optional<Object> number(Node.Scalar scalar) {
    return scalar.kind() == Node.Kind.NUMBER
        ? Optional.<Object>of(Double.parseDouble(scalar.text())).filter(n -> (double) n >= 0)
        : Optional.empty();
  }

  private static Optional<Object> truth(Node.Scalar scalar) {
    return scalar.kind() == Node.Kind.BOOLEAN
        ? Optional.of(Boolean.valueOf(scalar.text()))
        : Optional.empty();
  }

  private static Optional<Object> percent(Node.Scalar scalar) {
    boolean could = scalar.kind() == Node.Kind.NUMBER || scalar.kind() == Node.Kind.TEXT;
    if (!could || !PERCENT.matcher(scalar.text()).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(scalar.text().replace("%", "").strip());
    return value <= 100 ? Optional.of(new Percent(value)) : Optional.empty();
  }

  private static Optional<Object> criterion(Node.Scalar scalar) {
    try {
      return ifText(scalar)
          .filter(text -> text.length() <= LONGEST_CRITERION)
          .map(Criterion::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
