package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D0: a look that fails")
class FailedLooksTest {
  private static final Duration START = Timeouts.DEFAULT.start();

  @Test
  void isTriedAgainAtGrowingDistances() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    long[] waits = {1, 2, 4, 8, 16, 30, 30};
    for (long wait : waits) {
      gate.lookFailed("503");
      assertThat(Duration.between(gate.now(), gate.last().lookAgain()).toSeconds()).isEqualTo(wait);
      gate.after(Duration.ofSeconds(wait));
      assertThat(gate.wantsLook()).isTrue();
    }
  }

  @Test
  void waitsAsLongAsTheServerAsked() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.seen(new Seen.LookFailed(false, "429", Optional.of(Duration.ofSeconds(90))));
    assertThat(gate.last().lookAgain()).isEqualTo(gate.now().plusSeconds(90));
  }

  @Test
  void isNotTriedAgainWithoutPauseThoughTheServerAskedForNone() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.seen(new Seen.LookFailed(false, "429", Optional.of(Duration.ZERO)));
    assertThat(gate.wantsLook()).isFalse();
    assertThat(gate.last().lookAgain()).isAfterOrEqualTo(gate.now().plusSeconds(1));
  }

  @Test
  void aLookThatAsksForTheNextOneAtOnceIsNotObeyedWithoutPause() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.underWay().lookAgainWithin(Duration.ZERO));
    assertThat(gate.wantsLook()).isFalse();
    assertThat(gate.last().lookAgain()).isAfterOrEqualTo(gate.now().plusSeconds(1));
  }

  @Test
  void untilTheStartRanOutIsTimeoutAndTheMessageSaysThatNothingCouldBeSeen() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).lookFailed("connection refused");
    gate.after(START);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason())
        .contains("Rollout shop/checkout was never seen")
        .contains("connection refused");
  }

  @Test
  void untilTheTotalRanOutIsTimeoutThatNamesTheTrouble() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).lookFailed("503");
    gate.after(Timeouts.DEFAULT.total());
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason()).contains("503");
  }

  @Test
  void troublesAreForgottenOnceALookWorks() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).lookFailed("503");
    gate.looked(Looks.atGatePoint());
    assertThat(gate.session().troubles()).isEmpty();
    assertThat(gate.timeline()).contains("the rollout can be looked at again");
  }

  @Test
  void deniedIsAnErrorAtOnce() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).lookDenied("403: may not get");
    assertThat(gate.ended()).isEqualTo("ERROR left 1");
    assertThat(gate.ending().reason()).isEqualTo("403: may not get");
  }

  @Test
  void deniedAfterOurPromoteSaysThatItWasPromoted() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    assertThat(gate.lookDenied("401").ended()).isEqualTo("ERROR promotedNotLanded 1");
  }

  @Test
  void deniedAfterAFailLeavesItAFail() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5).lookDenied("403");
    assertThat(gate.ended()).isEqualTo("FAIL left 10");
    assertThat(gate.ending().reason()).contains("error rate").contains("403");
  }

  @Test
  void notFoundBeforeItWasEverSeenIsWaitedForUntilTheStartRanOut() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(Looks.absent());
    assertThat(gate.goesOn()).isTrue();
    gate.looked(Looks.absent()).after(START);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason()).contains("Rollout shop/checkout was not found");
  }

  @Test
  void notFoundAfterItWasSeenIsSuperseded() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(Looks.underWay());
    assertThat(gate.looked(Looks.absent()).ended()).isEqualTo("SUPERSEDED left 13");
    assertThat(gate.ending().reason()).contains("Rollout shop/checkout was deleted");
  }

  @Test
  void foundAtLastIsGatedAsIfItHadAlwaysBeenThere() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(Looks.absent());
    gate.looked(Looks.atGatePoint());
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
  }

  @Test
  void anAnswerThatNeverComesIsAskedForAgainInAMinute() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    assertThat(gate.wantsLook()).isTrue();
    assertThat(gate.after(Duration.ofSeconds(59)).wantsLook()).isFalse();
    assertThat(gate.after(Duration.ofSeconds(1)).wantsLook()).isTrue();
  }
}
