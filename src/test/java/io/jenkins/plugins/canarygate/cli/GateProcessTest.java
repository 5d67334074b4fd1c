package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.frontend.PlainProgress;
import io.jenkins.plugins.canarygate.frontend.Progress;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.frontend.Wired;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.HostParts;
import io.jenkins.plugins.canarygate.host.MemorySessionStore;
import io.jenkins.plugins.canarygate.host.StepFunction;
import io.jenkins.plugins.canarygate.host.SystemClock;
import io.jenkins.plugins.canarygate.host.SystemTimers;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.report.Sessions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a gate that cannot end by itself is reported all the same. */
@Timeout(20)
class GateProcessTest {
  private static final String SECRET = "hcaik_never_to_be_seen";
  private final Secrets secrets = new Secrets();
  private final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
  private final Stopping stopping = new Stopping(Surroundings.of(nowhere, nowhere, Map.of()));
  private final GateSpec spec = Sessions.spec("checkout");

  @Test
  void aCrashIsAnErrorThatKeepsWhatIsKnownAndHidesSecrets() {
    secrets.remember(SECRET);

    Report report =
        run(
            (session, moment, seen) -> {
              throw new IllegalStateException("unexpected header " + SECRET);
            });

    assertThat(report.verdict()).contains(Verdict.ERROR);
    assertThat(report.exitCode()).hasValue(1);
    assertThat(report.reason()).startsWith("the gate could not go on").doesNotContain(SECRET);
    assertThat(report.started()).isEqualTo(Sessions.START);
  }

  @Test
  void aCrashLeavesTheTwoCommandsAsItsLastLines() {
    Report report =
        run(
            (session, moment, seen) -> {
              throw new IllegalStateException("broken");
            });

    assertThat(report.lastLines())
        .containsExactly(
            "it was not seen how much the canary serves",
            "to promote it: " + Sessions.PROMOTE,
            "to abort it:   " + Sessions.ABORT);
  }

  @Test
  void aGateThatWasStoppedAndDidNotEndIsReportedAsItStands() {
    stopping.givenUp().complete(null);

    Report report = run(GateProcessTest::forEver);

    assertThat(report.verdict()).contains(Verdict.CANCELLED);
    assertThat(report.exitCode()).hasValue(14);
    assertThat(report.reason()).contains("had not ended 20 s later");
    assertThat(report.lastLines()).last().isEqualTo("to abort it:   " + Sessions.ABORT);
  }

  @Test
  void aCheckThatWasStoppedLeavesNothingToPromote() {
    stopping.givenUp().complete(null);

    assertThat(run(spec.with(Mode.CHECK), GateProcessTest::forEver).lastLines()).isEmpty();
  }

  private static Step forEver(
      GateSession session,
      io.jenkins.plugins.canarygate.gate.Moment moment,
      io.jenkins.plugins.canarygate.gate.Seen seen) {
    return new Step(session, List.of(), Instant.MAX, false);
  }

  private Report run(StepFunction steps) {
    return run(spec, steps);
  }

  private Report run(GateSpec asked, StepFunction steps) {
    SystemTimers timers = new SystemTimers();
    HostParts parts =
        new HostParts(
            new SystemClock(), timers, Runnable::run, Runnable::run, WakeUps.none(), new Random(1));
    Wired nothing =
        new Wired(
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    try (GateHost host = new GateHost(parts, any -> steps);
        Progress progress = new PlainProgress(asked, nowhere, () -> Sessions.START)) {
      return new GateProcess(host, stopping, progress, secrets, () -> Sessions.START)
          .run(asked, Sessions.begun(asked), nothing, new MemorySessionStore());
    } finally {
      timers.close();
    }
  }
}
