package io.jenkins.plugins.canarygate.evidence.keptn;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as Keptn keeps them: texts that a data source's answer was made into. */
final class GoNumber {
  private static final Pattern FORM =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,4})?");

  private GoNumber() {}

  /** The number; empty for NaN, infinity, {@code <no value>} and whatever else is none. */
  static OptionalDouble parse(String text) {
    if (text.length() > 400 || !FORM.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
