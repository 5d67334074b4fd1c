package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Send;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An action as the report shows it.
 *
 * @param action what was asked
 * @param asked when it was written down
 * @param sends what was sent
 * @param seen what was seen of it; empty until something was
 * @param seenAt when
 * @param honoured whether it was seen in effect
 */
public record ActionRecord(
    Action action,
    Instant asked,
    List<Send> sends,
    String seen,
    Optional<Instant> seenAt,
    boolean honoured) {
  public ActionRecord {
    sends = List.copyOf(sends);
  }
}
