package io.jenkins.plugins.canarygate.report;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.report.Report.Measured;
import io.jenkins.plugins.canarygate.report.Report.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The plot of a check: how its value went over the window of the newest measurement that has a
 * series. This is what any page draws and says of it; the coordinates are those of a box of {@link
 * #WIDTH} by {@link #HEIGHT}, y growing downwards, that may be stretched to any size.
 */
public final class Plot {
  public static final int WIDTH = 600;
  public static final int HEIGHT = 120;

  /** Left free at each edge, so that no line is cut. */
  private static final int MARGIN = 4;

  private final CheckResult check;
  private final Series series;
  private final Scale scale;

  private Plot(CheckResult check, Series series) {
    this.check = check;
    this.series = series;
    this.scale = Scale.of(numbers(series.values()), numbers(series.stableValues()));
  }

  /** The plot of a check; empty where there is nothing to plot. */
  public static Optional<Plot> of(CheckResult check) {
    List<Measured> all = check.measurements();
    for (int i = all.size() - 1; i >= 0; i--) {
      Optional<Series> series = all.get(i).series();
      if (series.isPresent()) {
        return series.filter(Plot::drawable).map(line -> new Plot(check, line));
      }
    }
    return Optional.empty();
  }

  /** Whether there is a number in it. A report that is read may hold anything. */
  private static boolean drawable(Series series) {
    return !numbers(series.values()).isEmpty() || !numbers(series.stableValues()).isEmpty();
  }

  /** Of which check. */
  public String check() {
    return PlainText.line(check.name());
  }

  /** From when to when: {@code 10:01 to 10:06 UTC}. */
  public String span() {
    return Numbers.span(at(0), at(points() - 1));
  }

  /** The time of the first point: {@code 10:01:00}. */
  public String begin() {
    return Numbers.time(at(0));
  }

  /** The time of the last point. */
  public String end() {
    return Numbers.time(at(points() - 1));
  }

  /** The value at the upper edge, as a person reads it. */
  public String high() {
    return exact(scale.high());
  }

  /** The value at the lower edge. */
  public String low() {
    return exact(scale.low());
  }

  /** Whether there are two cohorts; otherwise the one line is just the value. */
  public boolean compares() {
    return !series.stableValues().isEmpty();
  }

  /** The canary's line, or the only one, as SVG path data; empty where it has no value. */
  public String canaryPath() {
    return path(series.values());
  }

  /** The stable revision's line as SVG path data; empty where it has no value. */
  public String stablePath() {
    return path(series.stableValues());
  }

  /** What the canary's line shows, in words: {@code 0.4 % to 1.8 %}. */
  public String canaryRange() {
    return range(series.values());
  }

  /** What the stable revision's line shows, in words; empty where it was not asked. */
  public String stableRange() {
    return compares() ? range(series.stableValues()) : "";
  }

  /** All of it in words: {@code 10:01 to 10:06 UTC, canary 0.4 % to 1.8 %, stable 0.8 %}. */
  public String text() {
    String canary = (compares() ? "canary " : "value ") + canaryRange();
    return span() + ": " + canary + (compares() ? "; stable " + stableRange() : "");
  }

  private int points() {
    return Math.max(series.values().size(), series.stableValues().size());
  }

  private Instant at(int point) {
    return series.from().plusSeconds(series.stepSeconds() * point);
  }

  /** A line breaks where there is no value; a value that stands alone is a dot. */
  private String path(List<OptionalDouble> values) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < values.size(); i++) {
      OptionalDouble value = finite(values.get(i));
      if (value.isPresent()) {
        path.append(drawing ? " L" : path.isEmpty() ? "M" : " M").append(point(i, value));
        boolean alone = !drawing && (i + 1 == values.size() || finite(values.get(i + 1)).isEmpty());
        path.append(alone ? " h0" : "");
      }
      drawing = value.isPresent();
    }
    return path.toString();
  }

  private String point(int index, OptionalDouble value) {
    double along = points() == 1 ? 0.5 : (double) index / (points() - 1);
    double x = MARGIN + along * (WIDTH - 2 * MARGIN);
    double y = MARGIN + (1 - scale.share(value.getAsDouble())) * (HEIGHT - 2 * MARGIN);
    return String.format(Locale.ROOT, "%.1f %.1f", x, y);
  }

  private String range(List<OptionalDouble> values) {
    List<Double> numbers = numbers(values);
    if (numbers.isEmpty()) {
      return "no value";
    }
    String least = shown(numbers.stream().min(Double::compare).orElseThrow());
    String most = shown(numbers.stream().max(Double::compare).orElseThrow());
    String range = least.equals(most) ? least : least + " to " + most;
    int missing = values.size() - numbers.size();
    return missing == 0
        ? range
        : range + ", no value at " + missing + " of " + values.size() + " points";
  }

  private String shown(double value) {
    return exact(scale.legible(value));
  }

  /** With all of its digits, which are few. */
  private String exact(double value) {
    return series.percent()
        ? Numbers.percent(value, List.of(value))
        : Numbers.value(value, List.of(value));
  }

  private static List<Double> numbers(List<OptionalDouble> values) {
    List<Double> numbers = new ArrayList<>();
    values.forEach(value -> finite(value).ifPresent(numbers::add));
    return numbers;
  }

  private static OptionalDouble finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }
}
