package io.jenkins.plugins.canarygate.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Numbers as people read them: four significant digits, no exponent for everyday sizes. */
public final class Numbers {
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);

  private Numbers() {}

  public static String text(double value) {
    if (Double.isNaN(value)) {
      return "none";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "minus infinite";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e15 || size < 1e-6) {
      return String.format(java.util.Locale.ROOT, "%.3e", value);
    }
    if (size >= 1000) {
      return new BigDecimal(value)
          .setScale(size >= 100_000 ? 0 : 1, RoundingMode.HALF_UP)
          .stripTrailingZeros()
          .toPlainString();
    }
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  public static String text(OptionalDouble value) {
    return value.isPresent() ? text(value.getAsDouble()) : "none";
  }
}
