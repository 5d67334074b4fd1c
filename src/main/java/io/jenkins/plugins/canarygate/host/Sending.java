package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One write of an intent, from the moment it is asked until its answer. */
final class Sending {
  private enum State {
    ASKED,
    BEGUN,
    CALLED_OFF
  }

  private record Sent(Write write, Instant at) {}

  private final Optional<RolloutDriver> driver;
  private final HostClock clock;
  private final Intent intent;
  private final Observation observation;
  private final AtomicReference<State> state = new AtomicReference<>(State.ASKED);
  private volatile Sent sent;

  Sending(Optional<RolloutDriver> driver, HostClock clock, Intent intent, Observation observation) {
    this.driver = driver;
    this.clock = clock;
    this.intent = intent;
    this.observation = observation;
  }

  Intent intent() {
    return intent;
  }

  Observation observation() {
    return observation;
  }

  /** Makes sure that it never begins; false if it has. */
  boolean callOff() {
    return state.compareAndSet(State.ASKED, State.CALLED_OFF);
  }

  /** Sends it. Empty if it was called off. */
  Optional<Seen> run() {
    if (!state.compareAndSet(State.ASKED, State.BEGUN)) {
      return Optional.empty();
    }
    Optional<Write> due;
    try {
      due = driver.orElseThrow().next(intent, observation);
    } catch (RuntimeException | Error unexpected) {
      return Optional.of(
          new Seen.Sent(
              intent.action().text(),
              intent.action().text(),
              clock.now().now(),
              new Receipt(
                  Receipt.Result.REFUSED,
                  "nothing was sent, the driver failed unexpectedly: "
                      + Failures.name(unexpected))));
    }
    return Optional.of(due.map(this::send).orElseGet(Seen.NothingToSend::new));
  }

  /** What to say of it while no answer has come: it may have arrived (rule A1). */
  Seen unanswered() {
    Sent now = sent;
    return now == null
        ? new Seen.NothingToSend()
        : seen(now, new Receipt(Receipt.Result.UNKNOWN, "no answer came in time"));
  }

  private Seen send(Write write) {
    Sent now = new Sent(write, clock.now().now());
    sent = now;
    try {
      return seen(now, driver.orElseThrow().send(write));
    } catch (RuntimeException | Error unexpected) {
      return seen(
          now,
          new Receipt(
              Receipt.Result.UNKNOWN, "sending failed unexpectedly: " + Failures.name(unexpected)));
    }
  }

  private static Seen seen(Sent sent, Receipt receipt) {
    return new Seen.Sent(sent.write().what(), sent.write().text(), sent.at(), receipt);
  }
}
