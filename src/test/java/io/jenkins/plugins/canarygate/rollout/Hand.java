package io.jenkins.plugins.canarygate.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Does with a driver what engine and host do with it, and remembers what was sent. */
public final class Hand {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private final RolloutDriver driver;
  private final InstantSource clock;
  private final Consumer<Observation> awaitChange;
  private Memory memory = Memory.empty();
  public Optional<Fence> fence = Optional.empty();
  public Optional<Intent> intent = Optional.empty();
  public final List<String> sent = new ArrayList<>();

  /**
   * @param awaitChange waits for the next change, or lets time pass
   */
  public Hand(RolloutDriver driver, InstantSource clock, Consumer<Observation> awaitChange) {
    this.driver = driver;
    this.clock = clock;
    this.awaitChange = awaitChange;
  }

  public Observation look() {
    try {
      Observation seen = driver.look(new Question(clock.instant(), fence, intent, memory));
      memory = seen.memory();
      return seen;
    } catch (LookException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  public Memory memory() {
    return memory;
  }

  /** Looks again at each change until a look shows what is waited for. */
  public Observation until(String what, Predicate<Observation> wanted) {
    Instant end = clock.instant().plus(PATIENCE);
    Observation seen = look();
    while (!wanted.test(seen)) {
      assertThat(clock.instant())
          .as("waiting for %s: %s %s %s", what, seen.fate(), seen.drift(), seen.obstacles())
          .isBefore(end);
      awaitChange.accept(seen);
      seen = look();
    }
    return seen;
  }

  /** Waits for the gate point and takes the fence. */
  public Observation atPoint() {
    Observation seen = until("the gate point", s -> s.point().isPresent());
    fence = seen.fence();
    return seen;
  }

  /** Holds a timed pause and takes the fence that includes the hold. */
  public Observation hold() {
    atPoint();
    Observation held = act(Action.HOLD);
    forget();
    fence = held.fence();
    return held;
  }

  /** The intent is written once the action may be sent, and its first write is sent. */
  public void begin(Action action) {
    Observation fresh =
        until(action + " to be ready", s -> s.can(action).state() == Readiness.State.READY);
    Fence under = fence.or(fresh::fence).orElseThrow();
    intent = Optional.of(new Intent(action, clock.instant(), under, List.of()));
    send(fresh);
  }

  /** Does what is due until the action is in effect or overruled. */
  public Observation readBack() {
    while (true) {
      Observation seen = look();
      Effect effect = seen.effect().orElseThrow();
      if (effect == Effect.IN_EFFECT || effect == Effect.OVERRULED) {
        return seen;
      }
      if (effect == Effect.SWALLOWED) {
        fence = seen.fence();
        intent = intent.map(i -> i.under(fence.orElseThrow()));
      }
      if (effect == Effect.STANDING || !send(seen)) {
        assertThat(clock.instant())
            .as("%s: %s", effect, seen.effectText())
            .isBefore(intent.get().at().plus(PATIENCE));
        awaitChange.accept(seen);
      }
    }
  }

  public Observation act(Action action) {
    begin(action);
    Observation seen = readBack();
    assertThat(seen.effect()).as(seen.effectText()).contains(Effect.IN_EFFECT);
    return seen;
  }

  private boolean send(Observation seen) {
    Optional<Write> write = driver.next(intent.orElseThrow(), seen);
    if (write.isEmpty()) {
      return false;
    }
    Instant at = clock.instant();
    Receipt receipt = driver.send(write.get());
    assertThat(receipt.result())
        .as(receipt.message())
        .isIn(Receipt.Result.DONE, Receipt.Result.CONFLICT);
    if (receipt.result() == Receipt.Result.DONE) {
      sent.add(write.get().what());
    }
    intent = intent.map(i -> i.with(new Send(write.get().what(), at, receipt.result())));
    return true;
  }

  /** A new point is asked for. */
  public void forget() {
    fence = Optional.empty();
    intent = Optional.empty();
  }
}
