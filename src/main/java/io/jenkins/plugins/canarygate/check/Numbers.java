package io.jenkins.plugins.canarygate.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Numbers, times and spans as every report writes them. */
public final class Numbers {
  private static final int DIGITS = 3;
  private static final int ALL_DIGITS = 17;
  private static final BigDecimal HUGE = new BigDecimal("1e15");
  private static final BigDecimal TINY = new BigDecimal("1e-6");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Numbers() {}

  /** A value as it is: {@code 0.0123}, {@code 1,235}. */
  public static String value(double value) {
    return value(value, List.of());
  }

  /**
   * A value with three digits, or with as many as are needed to tell it from the limits it was
   * compared with: 1.0004 is not shown as the 1 that it is above.
   */
  public static String value(double value, Collection<Double> limits) {
    return Double.isFinite(value) ? rounded(value, limits, 0) : infinite(value);
  }

  /** A share: 0.012 is {@code 1.2 %}. */
  public static String percent(double value, Collection<Double> limits) {
    return Double.isFinite(value) ? rounded(value, limits, 2) + " %" : infinite(value);
  }

  /** A score, which is percent already, never shown as more than it is: {@code 89.9 %}. */
  public static String score(double percent) {
    return grouped(BigDecimal.valueOf(percent).setScale(1, RoundingMode.DOWN)) + " %";
  }

  /** A number of things: {@code 1,204}. */
  public static String count(long count) {
    return grouped(BigDecimal.valueOf(count));
  }

  /** {@code 14:03:20}, UTC. */
  public static String time(Instant at) {
    return TIME.format(at);
  }

  /** {@code 2026-11-22 14:03:20 UTC}. */
  public static String dayAndTime(Instant at) {
    return DAY_AND_TIME.format(at) + " UTC";
  }

  /** {@code 14:02 to 14:07 UTC}; with seconds where they matter. */
  public static String span(Instant from, Instant to) {
    boolean whole = from.getEpochSecond() % 60 == 0 && to.getEpochSecond() % 60 == 0;
    DateTimeFormatter form = whole ? MINUTE : TIME;
    return form.format(from) + " to " + form.format(to) + " UTC";
  }

  /**
   * {@code 45s}, {@code 5m}, {@code 1h 5m}: the form that gate files use, the two largest units.
   */
  public static String length(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long hours = seconds / 3600;
    long minutes = seconds / 60 % 60;
    if (hours > 0) {
      return minutes == 0 ? hours + "h" : hours + "h " + minutes + "m";
    }
    if (minutes > 0) {
      return seconds % 60 == 0 ? minutes + "m" : minutes + "m " + seconds % 60 + "s";
    }
    return seconds + "s";
  }

  private static String infinite(double value) {
    return Double.isNaN(value) ? "no number" : value > 0 ? "infinite" : "minus infinite";
  }

  private static String rounded(double value, Collection<Double> limits, int shift) {
    BigDecimal exact = BigDecimal.valueOf(value);
    int whole = Math.max(0, exact.precision() - exact.scale() + shift);
    BigDecimal shown = exact;
    for (int digits = Math.max(DIGITS, whole); digits <= ALL_DIGITS; digits++) {
      shown = exact.round(new MathContext(digits, RoundingMode.HALF_UP));
      if (sameSide(exact, shown, limits)) {
        break;
      }
    }
    return text(shown.movePointRight(shift));
  }

  private static boolean sameSide(BigDecimal exact, BigDecimal shown, Collection<Double> limits) {
    return limits.stream()
        .map(BigDecimal::valueOf)
        .allMatch(limit -> exact.compareTo(limit) == shown.compareTo(limit));
  }

  private static String text(BigDecimal number) {
    BigDecimal size = number.abs();
    if (size.signum() != 0 && (size.compareTo(HUGE) >= 0 || size.compareTo(TINY) < 0)) {
      BigDecimal plain = number.stripTrailingZeros();
      int exponent = plain.precision() - plain.scale() - 1;
      return plain.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
    return grouped(number);
  }

  private static String grouped(BigDecimal number) {
    DecimalFormat format =
        new DecimalFormat(
            "#,##0.####################", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return format.format(number.signum() == 0 ? BigDecimal.ZERO : number);
  }
}
