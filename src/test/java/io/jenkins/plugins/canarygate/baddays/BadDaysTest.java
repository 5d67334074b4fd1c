package io.jenkins.plugins.canarygate.baddays;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong, the command says what, where, and what to do, and exits as documented. */
class BadDaysTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  static Stream<BadDay> days() {
    return BadDays.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("days")
  void itIsSaidWithItsExitCode(BadDay day) {
    Said said = BadDays.said(day);

    for (Message message : day.says()) {
      assertThat(message.isIn(said.text())).as("%s%nin:%n%s", message, said.text()).isTrue();
    }
    assertThat(said.exitCode()).as(said.text()).isEqualTo(day.exitCode());
  }

  @ParameterizedTest
  @MethodSource("days")
  void misuseContactsNobodyAndNothingElseIsWritten(BadDay day) {
    Said said = BadDays.said(day);

    if (day.exitCode() == 2) {
      assertThat(said.contacts()).as("requests to the cluster and to Honeycomb").isZero();
    }
    assertThat(said.writes()).isEqualTo(written(day.own().text()));
  }

  private static int written(String message) {
    if (message.startsWith("Keptn ")) {
      // An Analysis is created and deleted before Keptn can say anything of it.
      return 2;
    }
    // Only where the right to act is missing does anything get as far as acting.
    return message.contains("promote failed") ? 1 : 0;
  }

  @ParameterizedTest
  @MethodSource("days")
  void noStackTraceNoClassNameAndNoSecretIsShown(BadDay day) {
    Said said = BadDays.said(day);

    assertThat(said.text())
        .doesNotContain("\tat ", "unexpected:", "java.", "sun.")
        .doesNotContain("sandbox-token", "a-token-of-nobody", "somebody-elses-key")
        .doesNotContain("sandbox-honeycomb-key");
    assertThat(said.took()).isLessThan(LONGEST);
  }

  @Test
  void eachHasAMessageOfItsOwn() {
    List<String> shared = new ArrayList<>();
    for (BadDay day : BadDays.ALL) {
      for (BadDay other : BadDays.ALL) {
        if (!day.name().equals(other.name()) && day.own().isIn(BadDays.said(other).text())) {
          shared.add("'" + day.own() + "' of " + day + " is also said of " + other);
        }
      }
    }
    assertThat(shared).isEmpty();
  }

  @Test
  void theTenFaultsAndMoreAreAllSaidAtOnceEachWithItsLine() {
    BadDay day =
        BadDays.ALL.stream().filter(d -> d.name().equals("ten faults and more")).findFirst().get();

    assertThat(day.says()).hasSizeGreaterThan(10);
    assertThat(BadDays.said(day).text().lines())
        .hasSameSizeAs(day.says())
        .allMatch(line -> line.matches("canary-gate: \\S+/gate\\.yaml:\\d+:\\d+: \\S+: .*"));
  }
}
