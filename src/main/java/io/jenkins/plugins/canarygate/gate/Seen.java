package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the engine is told: something was seen, or time has passed. */
public sealed interface Seen {

  /** The gate begins, or goes on in another process: whatever was in flight is lost. */
  record Began() implements Seen {}

  /** Time has passed. */
  record Time() implements Seen {}

  /** A look at the rollout. */
  record Looked(Observation observation) implements Seen {}

  /**
   * A look that failed.
   *
   * @param denied whether waiting will not help (rule D0)
   * @param why one line
   * @param retryAfter how long the server asked to wait
   */
  record LookFailed(boolean denied, String why, Optional<Duration> retryAfter) implements Seen {}

  /**
   * What came of {@link Todo.Prepare}.
   *
   * @param refused whether a source refuses what a check asks
   * @param again why it could not be found out now; empty where it could
   * @param message why it was refused
   */
  record Prepared(boolean refused, Optional<String> again, String message) implements Seen {}

  /** Readings by the name of their check. */
  record Measured(Map<String, Reading> readings) implements Seen {}

  /**
   * A write of the intent was sent.
   *
   * @param what see {@link io.jenkins.plugins.canarygate.rollout.Write#what}
   * @param text what a report says of it
   * @param at when it was sent
   * @param receipt what came back
   */
  record Sent(String what, String text, Instant at, Receipt receipt) implements Seen {}

  /** The driver found nothing to send for the intent. */
  record NothingToSend() implements Seen {}

  /** What came of {@link Todo.Announce}: a ticket, or why it failed. */
  record Announced(Optional<String> ticket, Optional<String> problem) implements Seen {}

  /** Somebody wants the gate to end; see {@link Cancel}. */
  record CancelAsked(String by, boolean timedOut) implements Seen {}
}
