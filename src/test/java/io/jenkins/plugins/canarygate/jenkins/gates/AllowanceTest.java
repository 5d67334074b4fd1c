package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceTest {
  @ParameterizedTest
  @CsvSource({
    "shop/checkout, shop/checkout, true",
    "shop/checkout, shop/checkout2, false",
    "shop/*, shop/checkout, true",
    "shop/*, shop/team/checkout, false",
    "shop/**, shop/team/checkout, true",
    "shop/**, shopping/checkout, false",
    "*, shop/checkout, false",
    "**, shop/checkout, true",
    "shop/ch*t, shop/checkout, true",
    "shop.checkout, shopXcheckout, false",
    "'', shop, false"
  })
  void aStarIsAnyPartOfASegmentAndTwoAreAnyNumberOfThem(
      String pattern, String job, boolean matches) {
    assertThat(Allowance.jobMatches(List.of(pattern), job)).isEqualTo(matches);
  }

  @Test
  void jobNamespaceAndActionMustStandInOneAndTheSameAllowance() {
    List<Allowance> all =
        List.of(
            new Allowance(List.of("shop/*"), List.of("shop"), Set.of(Action.ABORT)),
            new Allowance(List.of("bank/*"), List.of("shop", "bank-*"), Set.of(Action.PROMOTE)));

    assertThat(Allowance.allows(all, "shop/a", "shop", Action.ABORT)).isTrue();
    assertThat(Allowance.allows(all, "shop/a", "shop", Action.PROMOTE)).isFalse();
    assertThat(Allowance.allows(all, "bank/a", "shop", Action.PROMOTE)).isTrue();
    assertThat(Allowance.allows(all, "bank/a", "bank-7", Action.PROMOTE)).isTrue();
    assertThat(Allowance.allows(all, "bank/a", "bank", Action.PROMOTE)).isFalse();
  }

  @Test
  void aHoldIsAPauseAndOurOwnHoldMayAlwaysBeLifted() {
    List<Allowance> none = List.of(new Allowance(List.of("**"), List.of("*"), Set.of()));
    List<Allowance> pause =
        List.of(new Allowance(List.of("**"), List.of("*"), Set.of(Action.PAUSE)));

    assertThat(Allowance.allows(none, "a", "b", Action.HOLD)).isFalse();
    assertThat(Allowance.allows(pause, "a", "b", Action.HOLD)).isTrue();
    assertThat(Allowance.allows(none, "a", "b", Action.LIFT)).isTrue();
  }

  @Test
  void withoutAnyAllowanceNothingIsAllowed() {
    for (Action action : Set.of(Action.PROMOTE, Action.PROMOTE_FULLY, Action.ABORT, Action.PAUSE)) {
      assertThat(Allowance.allows(List.of(), "a", "b", action)).isFalse();
    }
  }
}
