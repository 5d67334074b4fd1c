package io.jenkins.plugins.canarygate.check;

import java.util.OptionalDouble;

/**
 * What a source measured for the cohorts.
 *
 * @param canary the canary's value, or the only one where no cohort is asked
 * @param stable the stable revision's value; empty where it was not asked or is missing
 */
public record Values(OptionalDouble canary, OptionalDouble stable) {

  /** NaN and infinity from a source are missing values, never numbers (rule M8). */
  public Values {
    canary = finite(canary);
    stable = finite(stable);
  }

  public static Values of(double canary) {
    return new Values(OptionalDouble.of(canary), OptionalDouble.empty());
  }

  public static Values of(double canary, double stable) {
    return new Values(OptionalDouble.of(canary), OptionalDouble.of(stable));
  }

  public static Values none() {
    return new Values(OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static OptionalDouble finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }

  /** The number that a criterion about {@code subject} looks at; empty if it is unknown. */
  public OptionalDouble get(Subject subject) {
    if (subject == Subject.VALUE || canary.isEmpty()) {
      return canary;
    }
    if (stable.isEmpty()) {
      return OptionalDouble.empty();
    }
    double ours = canary.getAsDouble();
    double theirs = stable.getAsDouble();
    if (subject == Subject.DIFFERENCE) {
      return OptionalDouble.of(ours - theirs);
    }
    // 0/0 is 1; x/0 is infinite, and is judged (rule M3). A source's -0 is 0: adding 0 makes it so,
    // for otherwise the worst of ratios would be minus infinite and look good.
    return OptionalDouble.of(ours == 0 && theirs == 0 ? 1 : ours / (theirs + 0.0));
  }
}
