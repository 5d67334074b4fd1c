package io.jenkins.plugins.canarygate.frontend;

import static io.jenkins.plugins.canarygate.report.Sessions.check;
import static io.jenkins.plugins.canarygate.report.Sessions.fail;
import static io.jenkins.plugins.canarygate.report.Sessions.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NeedsTest {
  private final GateSpec spec = spec("checkout", check("error rate", fail("> 1%")));

  @Test
  void eachChecksMeasurementsAreSaidAndHowLongTheyTake() {
    assertThat(new Needs(spec).lines())
        .containsExactly(
            "error rate: 2 measurements, one every 1m over 5m, honeycomb checkout",
            "judging takes at least 3m at each gate point, counted from the canary's traffic; the gate ends after 45m at the latest");
  }

  @Test
  void aCheckNowDoesNotWaitForAWindowToGrow() {
    assertThat(new Needs(spec.with(Mode.CHECK)).earliestEnd()).contains(Duration.ofMinutes(1));
  }

  @Test
  void aGateThatCannotEndInTimeIsTold() {
    Check slow = many(100);

    assertThat(new Needs(spec("checkout", slow)).tooLong())
        .contains(
            "the checks take at least 1h 41m, but timeouts.total is 45m; raise it, or measure less"
                + " often");
    assertThat(new Needs(spec).tooLong()).isEmpty();
  }

  @Test
  void aGateWithoutChecksNeedsNothing() {
    assertThat(new Needs(spec("by hand")).lines()).isEmpty();
  }

  private static Check many(int count) {
    Check check = check("error rate", fail("> 1%"));
    return new Check(
        check.name(),
        check.source(),
        check.criteria(),
        new Schedule(Duration.ZERO, Duration.ofMinutes(1), count, 0, 0, 4),
        check.window(),
        check.minimumSamples(),
        check.cohorts(),
        1,
        false,
        false,
        false);
  }
}
