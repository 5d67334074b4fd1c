package io.jenkins.plugins.canarygate.evidence.keptn;

import io.jenkins.plugins.canarygate.check.Numbers;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' way to write numbers, in which 0.5 becomes {@code 500m}. */
final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+))(?:([KMGTPE]i)|([numkMGTPE])|e([-+]?\\d+))?");
  private static final Map<String, Integer> TENS =
      Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

  private Quantity() {}

  /** As a person reads it; what is none is shown as it is. */
  static String text(String quantity) {
    Matcher matcher = FORM.matcher(quantity.replaceFirst("E(?=[-+]?\\d)", "e"));
    if (!matcher.matches() || quantity.length() > 60) {
      return Plain.line(quantity);
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    if (matcher.group(2) != null) {
      number = number.multiply(BigDecimal.valueOf(1L << 10 * binary(matcher.group(2))));
    } else if (matcher.group(3) != null) {
      number = number.scaleByPowerOfTen(TENS.get(matcher.group(3)));
    } else if (matcher.group(4) != null) {
      number = number.scaleByPowerOfTen(clamp(matcher.group(4)));
    }
    double value = number.doubleValue();
    return Double.isFinite(value)
        ? Numbers.value(value, java.util.List.of(value))
        : Plain.line(quantity);
  }

  private static int binary(String suffix) {
    return "KMGTPE".indexOf(suffix.charAt(0)) + 1;
  }

  private static int clamp(String exponent) {
    return exponent.length() > 4 ? 999 : Integer.parseInt(exponent);
  }
}
