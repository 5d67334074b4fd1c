package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R3: at progressing")
class ProgressingTest {

  @Test
  void itNeverPromotesWhateverThePolicySays() {
    EngineHarness gate = judging(GateSpecs.gate()).measured(0);
    assertThat(gate.ended()).isEqualTo("PASS left 0");
    assertThat(gate.session().actions()).isEmpty();
  }

  @Test
  void aWarnDoesNotPromoteEither() {
    assertThat(judging(GateSpecs.gate()).measured(0.007).ended()).isEqualTo("WARN left 0");
  }

  @Test
  void aFailAborts() {
    EngineHarness gate = judging(GateSpecs.gate()).measured(0.5).looked(progressing());
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL aborted 10");
  }

  @Test
  void landedWhileChecksAreUnfinishedLeavesThemUnjudged() {
    EngineHarness gate = judging(GateSpecs.gate()).looked(Looks.landed());
    assertThat(gate.ending().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(gate.ending().exitCode()).isEqualTo(11);
    assertThat(gate.session().points().get(0).checks())
        .allMatch(run -> run.state() == CheckRun.State.UNJUDGED);
  }

  @Test
  void landedWhileOnlyOptionalChecksAreUnfinishedPasses() {
    EngineHarness gate =
        judging(GateSpecs.gate().checks(GateSpecs.check("one"), GateSpecs.optional("another")));
    gate.answered(
        "one",
        io.jenkins.plugins.canarygate.check.Reading.Answer.of(
            io.jenkins.plugins.canarygate.check.Values.of(0)));
    gate.looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("PASS left 0");
  }

  @Test
  void landedAfterAFailThatWasNotSentYetSendsNothing() {
    EngineHarness gate = judging(GateSpecs.gate()).measured(0.5).looked(Looks.landed());
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("FAIL advancedByOther 10");
  }

  @Test
  @DisplayName("A4: landed in spite of an abort")
  void landedInSpiteOfOurAbortIsNotHonoured() {
    EngineHarness gate = judging(GateSpecs.gate()).measured(0.5).looked(progressing());
    gate.sent(Receipt.Result.DONE).looked(Looks.landed().can(Action.ABORT));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("FAIL notHonoured 1");
  }

  @Test
  @DisplayName("A5: pause at progressing is an action")
  void onFailPausePausesIt() {
    EngineHarness gate = judging(GateSpecs.gate().onFail(Reaction.PAUSE)).measured(0.5);
    gate.looked(progressing());
    assertThat(gate.acted()).contains(Action.PAUSE);
    gate.sent(Receipt.Result.DONE).looked(progressing().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL paused 10");
  }

  @Test
  void landedInSpiteOfOurPauseIsNotHonoured() {
    EngineHarness gate = judging(GateSpecs.gate().onFail(Reaction.PAUSE)).measured(0.5);
    gate.looked(progressing()).sent(Receipt.Result.DONE).looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("FAIL notHonoured 1");
  }

  @Test
  void takenBackByTheControllerIsAFail() {
    assertThat(judging(GateSpecs.gate()).looked(Looks.takenBack()).ended())
        .isEqualTo("FAIL takenBack 10");
  }

  @Test
  void healthyAtTheStartIsNotGated() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().at(At.progressing()));
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("NOT_GATED left 15");
  }

  private static EngineHarness judging(GateSpecs specs) {
    EngineHarness gate = EngineHarness.waiting(specs.at(At.progressing())).looked(progressing());
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    return gate;
  }

  private static Looks progressing() {
    return Looks.underWay().atPause(2).can(Action.ABORT, Action.PAUSE);
  }
}
