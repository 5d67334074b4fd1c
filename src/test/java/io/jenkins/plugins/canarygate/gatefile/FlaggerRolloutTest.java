package io.jenkins.plugins.canarygate.gatefile;

import static io.jenkins.plugins.canarygate.gatefile.TestGates.CHECKS;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.faults;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.flagger.FlaggerSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gate on a Canary may ask; all else is found out before anything begins. */
class FlaggerRolloutTest {
  private static final String HEAD = TestGates.HEAD.replace("argo: {", "flagger: {");

  @Test
  void r3ItStandsAtThePromotionUnlessItSaysOtherwise() {
    Gate gate = TestGates.read(HEAD + CHECKS);
    assertThat(gate.rollout()).isEqualTo(new FlaggerSection("shop", "checkout"));
    assertThat(gate.spec().target().toString()).isEqualTo("Canary shop/checkout");
    assertThat(gate.spec().target().at()).isEqualTo(At.promotion());
    assertThat(TestGates.read(HEAD + "  at: promotion\n" + CHECKS).spec().target().at())
        .isEqualTo(At.promotion());
    assertThat(TestGates.read(HEAD + "  at: progressing\n" + CHECKS).spec().target().at())
        .isEqualTo(At.progressing());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at: {pause: next} | spec.at: a gate on flagger cannot stand at the next pause; leave it"
            + " out for promotion",
        "at: {pause: each} | spec.at: a gate on flagger cannot stand at each pause; leave it out for"
            + " promotion",
        "at: {step: 1} | spec.at: a gate on flagger cannot stand at the pause at step 1; leave it"
            + " out for promotion",
        "at: {hold: true} | spec.at.hold: a gate on flagger has no pause to hold: leave it out",
        "onPass: promoteFully | spec.onPass: a Canary knows no 'promoteFully' at this point: use"
            + " another",
        "onWarn: promoteFully | spec.onWarn: a Canary knows no 'promoteFully' at this point: use"
            + " another",
      })
  void whatFlaggerDoesNotKnowIsRefused(String field, String fault) {
    assertThat(faults(HEAD + "  " + field + "\n" + CHECKS)).containsExactly(fault);
  }

  @Test
  void a5AtThePromotionItWaitsByItselfSoThatAPauseIsNothingToSend() {
    Gate gate = TestGates.read(HEAD + CHECKS + "  onFail: pause\n");
    assertThat(gate.spec().policy().onFail()).isEqualTo(Reaction.PAUSE);
    assertThat(faults(HEAD + "  at: progressing\n" + CHECKS + "  onFail: pause\n"))
        .containsExactly("spec.onFail: a Canary knows no 'pause' at this point: use another");
  }

  @Test
  void argosOwnAnalysisCannotBeAskedOfACanary() {
    assertThat(faults(HEAD + "  checks: [{name: a, argo: {analysisRuns: required}}]\n"))
        .containsExactly(
            "spec.checks[0]: argo analysis runs can be asked of a Rollout only, and this gate is"
                + " on a Canary: leave the check out");
  }

  @Test
  void aGateIsOnOneControllerAndNamesItWhole() {
    assertThat(faults(HEAD.replace("name: checkout}\n    revision", "}\n    revision") + CHECKS))
        .containsExactly("spec.rollout.flagger.name: is missing");
    assertThat(
            faults(
                HEAD.replace("    revision", "    argo: {namespace: a, name: b}\n    revision")
                    + CHECKS))
        .isNotEmpty();
  }
}
