package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One gate point that was, or is being, judged.
 *
 * @param number counted from 1
 * @param point where; empty for {@code check}, which stands nowhere
 * @param fence what is judged; empty for {@code check}
 * @param since when judging began
 * @param checks what was measured
 * @param decision how it was judged, once it was
 */
public record PointRun(
    int number,
    Optional<GatePoint> point,
    Optional<Fence> fence,
    Instant since,
    List<CheckRun> checks,
    Optional<Decision> decision) {
  public PointRun {
    checks = List.copyOf(checks);
  }

  PointRun with(List<CheckRun> runs) {
    return new PointRun(number, point, fence, since, runs, decision);
  }

  /** After the clock jumped: what began then, by the new clock. */
  PointRun jumped(List<CheckRun> runs, Duration by) {
    return new PointRun(number, point, fence, since.plus(by), runs, decision);
  }

  PointRun with(Fence other) {
    return new PointRun(number, point, Optional.of(other), since, checks, decision);
  }

  PointRun with(Decision how) {
    return new PointRun(number, point, fence, since, checks, Optional.of(how));
  }
}
