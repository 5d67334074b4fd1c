package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"SUPERSEDED", "NOT_GATED", "ERROR"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsDoneOnAVerdictIsAmongAllThatMayBeDone(Verdict verdict) {
    Policy policy =
        new Policy(
            on(verdict, Verdict.PASS),
            on(verdict, Verdict.WARN),
            on(verdict, Verdict.FAIL),
            on(verdict, Verdict.INCONCLUSIVE),
            on(verdict, Verdict.TIMEOUT),
            on(verdict, Verdict.CANCELLED),
            false);

    assertThat(policy.reactions())
        .hasSize(6)
        .containsOnlyOnce(Reaction.PAUSE)
        .contains(policy.on(verdict));
  }

  private static Reaction on(Verdict verdict, Verdict field) {
    return verdict == field ? Reaction.PAUSE : Reaction.NONE;
  }
}
