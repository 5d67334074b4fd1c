package io.jenkins.plugins.canarygate.cli;

import static io.jenkins.plugins.canarygate.report.Sessions.at;
import static io.jenkins.plugins.canarygate.report.Sessions.begun;
import static io.jenkins.plugins.canarygate.report.Sessions.check;
import static io.jenkins.plugins.canarygate.report.Sessions.ended;
import static io.jenkins.plugins.canarygate.report.Sessions.ending;
import static io.jenkins.plugins.canarygate.report.Sessions.fail;
import static io.jenkins.plugins.canarygate.report.Sessions.judging;
import static io.jenkins.plugins.canarygate.report.Sessions.measured;
import static io.jenkins.plugins.canarygate.report.Sessions.point;
import static io.jenkins.plugins.canarygate.report.Sessions.run;
import static io.jenkins.plugins.canarygate.report.Sessions.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.frontend.PlainProgress;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final GateSpec spec =
      spec("checkout", check("error rate", fail("> 1%")), check("latency", fail("> 0.3")));
  private final GateSession begun = begun(spec);
  private final GateSession judging =
      judging(
          spec, point(1, null, run("error rate", State.RUNNING), run("latency", State.RUNNING)));
  private final GateSession measured =
      judging(
          spec,
          point(
              1,
              null,
              run("error rate", State.RUNNING, measured(Grade.PASS, 0.005, 0.009)),
              run("latency", State.RUNNING)));
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private Instant now = at(450);

  @Test
  void plainLinesHaveTheTimeAndSayEachThingOnce() {
    PlainProgress progress = new PlainProgress(spec, out, () -> now);

    progress.say("2 measurements");
    progress.stepped(begun, judging);
    progress.stepped(judging, measured);
    progress.stepped(measured, measured);
    progress.tick();

    assertThat(lines())
        .containsExactly(
            "10:07:30Z  2 measurements",
            "10:00:00Z  the gate began",
            "10:07:00Z  error rate measured 1 of 2: PASS, 0.5 %, stable 0.9 %");
  }

  @Test
  void whatACheckWaitsForIsSaidOnceForEachReason() {
    PlainProgress progress = new PlainProgress(spec, out, () -> now);
    GateSession waits = judging(spec, point(1, null, waiting("place 2 in the waiting line")));
    GateSession waitsOn = judging(spec, point(1, null, waiting("place 1 in the waiting line")));

    progress.stepped(judging, waits);
    progress.stepped(waits, waits);
    progress.stepped(waits, waitsOn);
    progress.stepped(waitsOn, waits);

    assertThat(lines())
        .containsExactly(
            "10:00:00Z  error rate waits: place 2 in the waiting line",
            "10:00:00Z  error rate waits: place 1 in the waiting line");
  }

  @Test
  void aCheckThatHasEndedIsSaidWithItsLineOfWhy() {
    PlainProgress progress = new PlainProgress(spec, out, () -> now);
    GateSession failed =
        judging(
            spec, point(1, null, run("error rate", State.FAIL, measured(Grade.FAIL, 0.02, 0.01))));

    progress.stepped(measured, failed);
    progress.stepped(failed, failed);

    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("10:00:00Z  error rate: FAIL: 2 %, stable 1 %; fail > 1%");
  }

  @Test
  void howTheGateEndedIsLeftToTheReport() {
    PlainProgress progress = new PlainProgress(spec, out, () -> now);

    progress.stepped(begun, ended(judging(spec), ending(Verdict.FAIL, Outcome.ABORTED, "bad", 10)));

    assertThat(lines()).isEmpty();
  }

  @Test
  void theBoardShowsTheStateAndALineForEachCheckWithItsCountdown() {
    assertThat(new Board(spec).lines(measured, now, 200))
        .containsExactly(
            "checkout: judging, step 1 of 7, 20 %  7m 30s of 45m",
            "  …         error rate                1/2  next in 30s  0.5 %, stable 0.9 %",
            "  …         latency                   0/2  next in 30s");
  }

  @Test
  void noLineOfTheBoardIsWiderThanTheTerminal() {
    for (int width = 1; width < 120; width++) {
      int most = width;
      assertThat(new Board(spec).lines(measured, now, width))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Math.max(1, most - 1)));
    }
  }

  @Test
  void aTerminalIsDrawnAgainInPlace() {
    LiveProgress progress = live(false);

    progress.stepped(begun, judging);
    bytes.reset();
    now = at(451);
    progress.tick();

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("\u001b[3A\r\u001b[J")
        .contains("next in 29s");
  }

  @Test
  void whatHappenedScrollsByAboveTheBoard() {
    LiveProgress progress = live(false);

    progress.stepped(judging, measured);

    assertThat(lines().get(0))
        .isEqualTo("10:07:00Z  error rate measured 1 of 2: PASS, 0.5 %, stable 0.9 %");
    assertThat(lines().get(1)).startsWith("checkout: judging");
  }

  @Test
  void nothingThatWouldChangeIsLeftOnTheScreen() {
    LiveProgress progress = live(false);
    progress.stepped(begun, judging);

    progress.close();
    progress.tick();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("\u001b[3A\r\u001b[J");
  }

  @Test
  void coloursAreOnlyUsedWhereTheyAreWelcome() {
    live(false).stepped(judging, measured);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b[32m");

    live(true).stepped(judging, measured);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u001b[32mPASS\u001b[0m");
  }

  private LiveProgress live(boolean colour) {
    return new LiveProgress(spec, out, new Terminal(true, colour, () -> 100), () -> now);
  }

  private static CheckRun waiting(String why) {
    return new CheckRun("error rate", State.RUNNING, "", List.of(), at(480), Optional.empty(), why);
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
