package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Moment;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.host.ScriptedEngine.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("When a gate is told that time has passed")
class TimeTest {
  private final VirtualTime time = new VirtualTime();
  private final Instant start = time.wall();
  private final ScriptedEngine engine = new ScriptedEngine();
  private final GateHost host = new GateHost(time.parts(WakeUps.none()), spec -> engine);

  private void lookAgainAt(Instant due) {
    engine.on(Seen.Began.class, (session, seen) -> Answer.of(session).at(due));
    host.start(new JobBuilder(time).build());
    time.runUntilIdle();
  }

  private Instant toldAt() {
    assertThat(engine.kinds()).containsExactly("Began", "Time");
    return engine.moments().get(1).now();
  }

  @Test
  void atTheInstantThatTheEngineNamed() {
    lookAgainAt(start.plusSeconds(30));

    time.advance(Duration.ofMillis(29_999));
    assertThat(engine.kinds()).containsExactly("Began");
    time.advance(Duration.ofMillis(1));
    assertThat(toldAt()).isEqualTo(start.plusSeconds(30));
  }

  @Test
  void alsoAfterFortyFiveMinutes() {
    lookAgainAt(start.plus(Duration.ofMinutes(45)));

    time.advance(Duration.ofHours(2));

    assertThat(toldAt()).isEqualTo(start.plus(Duration.ofMinutes(45)));
  }

  @Test
  void neverWhereTheEngineWaitsForNothing() {
    lookAgainAt(Instant.MAX);

    time.advance(Duration.ofDays(1));

    assertThat(engine.kinds()).containsExactly("Began");
  }

  @Test
  void onceWhereEachStepNamesAnotherInstant() {
    engine
        .on(Seen.Began.class, (session, seen) -> Answer.of(session).at(start.plusSeconds(30)))
        .on(
            Seen.CancelAsked.class,
            (session, seen) -> Answer.of(session).at(start.plusSeconds(50)));
    RunningGate gate = host.start(new JobBuilder(time).build());
    time.advance(Duration.ofSeconds(10));
    gate.cancel("a person");

    time.advance(Duration.ofMinutes(5));

    assertThat(engine.kinds()).containsExactly("Began", "CancelAsked", "Time");
    assertThat(engine.moments().get(2).now()).isEqualTo(start.plusSeconds(50));
  }

  @Test
  @DisplayName("M15: a wall clock set forward is noticed within a minute")
  void soonAfterTheWallClockWasSetForward() {
    lookAgainAt(start.plus(Duration.ofMinutes(40)));
    time.advance(Duration.ofSeconds(90));

    time.jump(Duration.ofHours(1));
    time.advance(GateTimer.PULSE);

    assertThat(engine.kinds()).containsExactly("Began", "Time");
  }

  @Test
  @DisplayName("M15: a wall clock set back delays no deadline")
  void afterAsMuchTimeAsWasLeftWhereTheWallClockWasSetBack() {
    lookAgainAt(start.plus(Duration.ofMinutes(5)));

    time.jump(Duration.ofHours(-3));
    time.advance(Duration.ofMinutes(5));

    assertThat(engine.kinds()).containsExactly("Began", "Time");
    Moment told = engine.moments().get(1);
    assertThat(told.uptimeMillis()).isEqualTo(Duration.ofMinutes(5).toMillis());
  }

  @Test
  void notInABusyLoopWhereTheInstantIsAlwaysPast() {
    engine.on(seen -> true, (session, seen) -> Answer.of(session).at(start.minusSeconds(1)));
    host.start(new JobBuilder(time).build());

    time.advance(Duration.ofSeconds(1));

    assertThat(engine.seen(Seen.Time.class)).hasSize(50);
  }

  @Test
  void oneTimerIsSetForEachGateHoweverManySteps() {
    engine.on(seen -> true, (session, seen) -> Answer.of(session).at(time.wall().plusSeconds(1)));
    for (int gate = 0; gate < 10; gate++) {
      host.start(new JobBuilder(time).build());
    }

    time.advance(Duration.ofSeconds(100));

    // Another one each keeps the session now and then.
    assertThat(time.timersSet()).isLessThanOrEqualTo(20);
    assertThat(engine.seen(Seen.Time.class)).hasSizeGreaterThanOrEqualTo(990);
  }

  @Test
  void thousandsOfGatesBeginALittleApart() {
    engine.on(Seen.Began.class, (session, seen) -> Answer.of(session));
    for (int gate = 0; gate < 5000; gate++) {
      host.start(new JobBuilder(time).build());
    }

    time.runUntilIdle();
    assertThat(engine.seen()).hasSizeLessThan(50);
    time.advance(Duration.ofSeconds(10));
    assertThat(engine.seen()).hasSizeBetween(1900, 2200);
    time.advance(Duration.ofSeconds(20));
    assertThat(engine.seen()).hasSize(5000);
  }
}
