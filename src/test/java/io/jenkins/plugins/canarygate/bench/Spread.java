package io.jenkins.plugins.canarygate.bench;

import java.util.Arrays;
import java.util.Locale;

/** How measured values spread. */
record Spread(double[] sorted) {

  static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  int size() {
    return sorted.length;
  }

  /** The smallest value that a share of all do not exceed. */
  double at(double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)];
  }

  double median() {
    return at(0.5);
  }

  /** Cells of a table: number, min, p50, p99, max. */
  String cells() {
    return sorted.length == 0
        ? "0 | – | – | – | –"
        : String.format(
            Locale.ROOT,
            "%d | %s | %s | %s | %s",
            size(),
            text(sorted[0]),
            text(median()),
            text(at(0.99)),
            text(sorted[sorted.length - 1]));
  }

  static String text(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  // Arrays compare by identity; two spreads of the same values are the same.
  @Override
  public boolean equals(Object other) {
    return other instanceof Spread spread && Arrays.equals(sorted, spread.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return cells();
  }
}
