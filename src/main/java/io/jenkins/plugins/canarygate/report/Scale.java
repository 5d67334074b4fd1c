package io.jenkins.plugins.canarygate.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The values that a plot reaches from and to: numbers of few digits around all that is shown. It
 * begins at 0 where that does not press the lines flat.
 */
record Scale(double low, double high) {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Around at least one number. */
  static Scale of(List<Double> some, List<Double> others) {
    List<BigDecimal> all =
        Stream.concat(some.stream(), others.stream()).map(BigDecimal::valueOf).toList();
    BigDecimal least = all.stream().min(BigDecimal::compareTo).orElseThrow();
    BigDecimal most = all.stream().max(BigDecimal::compareTo).orElseThrow();
    if (least.compareTo(most) == 0
        || least.signum() >= 0 && least.multiply(TWO).compareTo(most) < 0) {
      least = least.min(BigDecimal.ZERO);
      most = most.max(BigDecimal.ZERO);
    }
    BigDecimal length = most.subtract(least);
    if (length.signum() == 0) {
      return new Scale(0, 1);
    }
    // A tenth to a hundredth of the length, so that rounding costs little room.
    int exponent = exponent(length) - 1;
    return new Scale(
        rounded(least, exponent, RoundingMode.FLOOR),
        rounded(most, exponent, RoundingMode.CEILING));
  }

  /** The power of ten that a length begins with: -3 for 0.0087. */
  private static int exponent(BigDecimal length) {
    return length.precision() - length.scale() - 1;
  }

  /** A value with as many digits as can be told apart in the plot. */
  double legible(double value) {
    BigDecimal length = BigDecimal.valueOf(high).subtract(BigDecimal.valueOf(low));
    return rounded(BigDecimal.valueOf(value), exponent(length) - 2, RoundingMode.HALF_UP);
  }

  private static double rounded(BigDecimal value, int exponent, RoundingMode mode) {
    double rounded = value.setScale(-exponent, mode).doubleValue();
    return Double.isFinite(rounded) ? rounded : value.doubleValue();
  }

  /** Where a value stands between the edges: 0 at the lower, 1 at the upper. */
  double share(double value) {
    // Halved, for the length of a scale may be more than a number can hold.
    double share = (value / 2 - low / 2) / (high / 2 - low / 2);
    return Math.max(0, Math.min(1, share));
  }
}
