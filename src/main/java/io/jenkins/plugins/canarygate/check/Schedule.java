package io.jenkins.plugins.canarygate.check;

import java.time.Duration;

/**
 * When a check is measured and how much it bears, as in Argo's metrics (rule M4).
 *
 * @param initialDelay from the start of judging to the first measurement
 * @param interval between two measurements
 * @param count measurements that make the check whole; at least 1
 * @param failureLimit more measurements at fail than this fail the check
 * @param inconclusiveLimit more inconclusive measurements than this leave it without evidence
 * @param consecutiveErrorLimit more errors in a row than this leave it without evidence
 */
public record Schedule(
    Duration initialDelay,
    Duration interval,
    int count,
    int failureLimit,
    int inconclusiveLimit,
    int consecutiveErrorLimit) {

  /** After how long a measurement that failed is tried again. */
  public static final Duration ERROR_RETRY = Duration.ofSeconds(10);

  /** One measurement, and no failure borne. */
  public static final Schedule ONCE = new Schedule(Duration.ZERO, Duration.ZERO, 1, 0, 0, 4);
}
