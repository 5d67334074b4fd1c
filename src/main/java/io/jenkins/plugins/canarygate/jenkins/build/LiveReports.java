package io.jenkins.plugins.canarygate.jenkins.build;

import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import io.jenkins.plugins.canarygate.report.Report;
import java.util.Optional;
import java.util.function.Function;

/** What is known so far of gates that run; whoever runs them says where it comes from. */
public final class LiveReports {
  private static volatile Function<GateKey, Optional<Report>> known = key -> Optional.empty();

  private LiveReports() {}

  /**
   * Sets where they come from.
   *
   * @param source must not block; empty for a gate that does not run here
   */
  public static void from(Function<GateKey, Optional<Report>> source) {
    known = source;
  }

  static Optional<Report> of(GateKey key) {
    return known.apply(key);
  }
}
