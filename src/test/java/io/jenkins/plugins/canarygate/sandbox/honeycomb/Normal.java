package io.jenkins.plugins.canarygate.sandbox.honeycomb;

/** The standard normal distribution. */
final class Normal {
  private Normal() {}

  /** Its quantile, by bisection of a rational approximation of the error function. */
  static double quantile(double p) {
    double low = -8;
    double high = 8;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (cumulative(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double cumulative(double x) {
    // Abramowitz and Stegun 7.1.26
    double t = 1 / (1 + 0.3275911 * Math.abs(x) / Math.sqrt(2));
    double erf =
        1
            - (((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t
                    + 0.254829592)
                * t
                * Math.exp(-x * x / 2);
    return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
  }
}
