package io.jenkins.plugins.canarygate.sandbox.keptn;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Numbers as the operator's language reads and writes them. */
final class GoFloat {
  private GoFloat() {}

  /** {@code strconv.ParseFloat}: empty where that fails. */
  static Optional<Double> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("nan")) {
      return Optional.of(Double.NaN);
    }
    if (lower.matches("[-+]?inf(inity)?")) {
      return Optional.of(
          lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  /** {@code resource.Quantity}. */
  static double quantity(String text) {
    String number = text.replaceAll("[a-zA-Z]+$", "");
    int power =
        switch (text.substring(number.length())) {
          case "n" -> -9;
          case "u" -> -6;
          case "m" -> -3;
          case "k" -> 3;
          case "M" -> 6;
          case "G" -> 9;
          default -> 0;
        };
    return new BigDecimal(number).scaleByPowerOfTen(power).doubleValue();
  }
}
