package io.jenkins.plugins.canarygate.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One or more comparisons with a number, all of which must hold: {@code "> 1%"}, {@code ">= 0, <
 * 5"}, {@code "in [1, 2]"} (rule M1).
 *
 * @param text as it was written
 * @param conditions what it says
 */
public record Criterion(String text, List<Condition> conditions) {
  private static final String NUMBER = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?\\s*%?";
  private static final Pattern PART =
      Pattern.compile(
          "\\s*(?:(<=|>=|==|!=|<|>)\\s*("
              + NUMBER
              + ")|in\\s*\\[\\s*("
              + NUMBER
              + ")\\s*,\\s*("
              + NUMBER
              + ")\\s*\\])\\s*(,|$)");

  /** A comparison of one value with one number, or with a range. */
  public record Condition(Operator operator, double first, double second) {
    boolean holds(double value) {
      return switch (operator) {
        case LESS -> value < first;
        case AT_MOST -> value <= first;
        case MORE -> value > first;
        case AT_LEAST -> value >= first;
        case EQUAL -> value == first;
        case NOT_EQUAL -> value != first;
        case IN -> value >= first && value <= second;
      };
    }
  }

  /** How a value is compared. */
  public enum Operator {
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST,
    EQUAL,
    NOT_EQUAL,
    IN;

    private static Operator of(String sign) {
      return switch (sign) {
        case "<" -> LESS;
        case "<=" -> AT_MOST;
        case ">" -> MORE;
        case ">=" -> AT_LEAST;
        case "==" -> EQUAL;
        default -> NOT_EQUAL;
      };
    }
  }

  public Criterion {
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads a criterion.
   *
   * @throws IllegalArgumentException if it is none; the message says what one looks like
   */
  public static Criterion parse(String text) {
    List<Condition> conditions = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    int at = 0;
    boolean more = true;
    while (more) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is no criterion; write for example \"> 1%\", \">= 0, < 5\" or \"in [1, 2]\"");
      }
      conditions.add(condition(matcher, text));
      at = matcher.end();
      more = matcher.group(5).equals(",");
    }
    return new Criterion(text.strip(), conditions);
  }

  private static Condition condition(Matcher matcher, String text) {
    if (matcher.group(1) != null) {
      return new Condition(Operator.of(matcher.group(1)), number(matcher.group(2), text), 0);
    }
    double low = number(matcher.group(3), text);
    double high = number(matcher.group(4), text);
    if (low > high) {
      throw new IllegalArgumentException(
          "'" + text + "' can never hold: write the smaller number first");
    }
    return new Condition(Operator.IN, low, high);
  }

  private static double number(String text, String whole) {
    String digits = text.strip();
    boolean percent = digits.endsWith("%");
    double number;
    try {
      // By way of a decimal: 1.1% must be the very number that 0.011 is.
      number =
          percent
              ? new BigDecimal(digits.substring(0, digits.length() - 1).strip())
                  .movePointLeft(2)
                  .doubleValue()
              : Double.parseDouble(digits);
    } catch (NumberFormatException | ArithmeticException beyondAllMeasure) {
      number = Double.NaN;
    }
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "'" + whole + "' names a number beyond all measure, so it could never decide anything");
    }
    return number;
  }

  /** Whether all of it holds for a number, which may be infinite but not NaN. */
  public boolean holds(double value) {
    return conditions.stream().allMatch(condition -> condition.holds(value));
  }

  @Override
  public String toString() {
    return text;
  }
}
