package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One gate's way to its rollout: one look or one write at a time. Looks that are asked meanwhile
 * are made as one, afterwards. All but the calls themselves happens in the gate's mailbox.
 */
final class RolloutLane {
  private final Serial mailbox;
  private final HostClock clock;
  private final Supplier<Question> question;
  private final Consumer<Seen> tell;

  private Optional<RolloutDriver> driver;
  private Serial calls;
  // Which look is awaited: the answer of any other is passed over.
  private int lookNumber;
  private boolean looking;
  private Optional<Sending> sending = Optional.empty();
  private boolean lookWanted;
  private boolean closed;

  RolloutLane(
      Optional<RolloutDriver> driver,
      Executor threads,
      Serial mailbox,
      HostClock clock,
      Supplier<Question> question,
      Consumer<Seen> tell) {
    this.driver = driver;
    this.calls = new Serial(threads);
    this.mailbox = mailbox;
    this.clock = clock;
    this.question = question;
    this.tell = tell;
  }

  /** Looks now, or once more after what is under way. */
  void look() {
    if (closed) {
      return;
    }
    if (busy()) {
      lookWanted = true;
      return;
    }
    lookWanted = false;
    looking = true;
    int number = ++lookNumber;
    Question asked = question.get();
    Optional<RolloutDriver> through = driver;
    calls.execute(
        () -> {
          Seen seen = lookNow(through, asked);
          // On this thread, so that a write that follows need not wait for another one.
          mailbox.executeHere(() -> looked(number, seen));
        });
  }

  /** Makes the look that was asked while something else was under way. */
  void lookIfWanted() {
    if (lookWanted && !busy()) {
      look();
    }
  }

  /** Sends the write of the intent that is due. Nothing may be under way. */
  void act(Intent intent, Observation observation) {
    Sending write = new Sending(driver, clock, intent, observation);
    sending = Optional.of(write);
    calls.execute(
        () -> {
          Optional<Seen> seen = write.run();
          mailbox.executeHere(() -> seen.ifPresent(what -> sent(write, what)));
        });
  }

  boolean busy() {
    return looking || sending.isPresent();
  }

  /**
   * Goes another way from now on. A look that is under way is no longer waited for but wanted anew;
   * a write that has not begun goes the other way.
   *
   * @return the write that has begun: it cannot be called off
   */
  Optional<Sending> moveTo(Optional<RolloutDriver> other, Executor threads) {
    driver = other;
    calls = new Serial(threads);
    if (looking) {
      looking = false;
      lookNumber++;
      lookWanted = true;
    }
    Optional<Sending> unsent = sending.filter(Sending::callOff);
    unsent.ifPresent(write -> act(write.intent(), write.observation()));
    return unsent.isPresent() ? Optional.empty() : sending;
  }

  /** Waits no longer for the answer to a write: it may have arrived (rule A1). */
  void giveUp(Sending write) {
    sent(write, write.unanswered());
  }

  /** Hears no more of what is under way, and starts nothing more. */
  void close() {
    closed = true;
    lookWanted = false;
  }

  private void looked(int number, Seen seen) {
    if (closed || number != lookNumber) {
      return;
    }
    looking = false;
    tell.accept(seen);
    lookIfWanted();
  }

  private void sent(Sending write, Seen seen) {
    if (closed || sending.filter(current -> current == write).isEmpty()) {
      return;
    }
    sending = Optional.empty();
    tell.accept(seen);
    lookIfWanted();
  }

  private static Seen lookNow(Optional<RolloutDriver> driver, Question asked) {
    if (driver.isEmpty()) {
      return new Seen.LookFailed(true, "this gate has no rollout to look at", Optional.empty());
    }
    try {
      return new Seen.Looked(driver.get().look(asked));
    } catch (LookException e) {
      return new Seen.LookFailed(
          e.kind() == LookException.Kind.DENIED, e.getMessage(), e.retryAfter());
    } catch (RuntimeException | Error unexpected) {
      return new Seen.LookFailed(
          false,
          "looking at the rollout failed unexpectedly: " + Failures.name(unexpected),
          Optional.empty());
    }
  }
}
