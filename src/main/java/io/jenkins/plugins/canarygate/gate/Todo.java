package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.rollout.Intent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the engine wants done. The host carries it out and tells what came of it. */
public sealed interface Todo {

  /** Look at the rollout, afresh: a look that is already under way does not do. */
  record Look() implements Todo {}

  /** Find out whether what the checks ask is valid (rule C3). */
  record Prepare() implements Todo {}

  /** Measure checks that are due together. */
  record Measure(List<Order> orders) implements Todo {
    public Measure {
      orders = List.copyOf(orders);
    }
  }

  /** One measurement; see {@code EvidenceRequest}. */
  record Order(
      String check,
      Optional<Window> window,
      Instant since,
      Optional<String> ticket,
      SeriesWanted series) {}

  /**
   * Send the write of the intent that is due, based on the observation that this step was told. The
   * session of this step must have been kept first.
   */
  record Act(Intent intent) implements Todo {}

  /** Tell an observability service: the start without a ticket, the verdict with one. */
  record Announce(String message, Optional<String> ticket) implements Todo {}

  /** The gate has ended: nothing more will be asked. */
  record Finish() implements Todo {}
}
