package io.jenkins.plugins.canarygate.report;

import static io.jenkins.plugins.canarygate.report.Sessions.at;
import static io.jenkins.plugins.canarygate.report.Sessions.begun;
import static io.jenkins.plugins.canarygate.report.Sessions.check;
import static io.jenkins.plugins.canarygate.report.Sessions.decision;
import static io.jenkins.plugins.canarygate.report.Sessions.fail;
import static io.jenkins.plugins.canarygate.report.Sessions.judging;
import static io.jenkins.plugins.canarygate.report.Sessions.measured;
import static io.jenkins.plugins.canarygate.report.Sessions.point;
import static io.jenkins.plugins.canarygate.report.Sessions.run;
import static io.jenkins.plugins.canarygate.report.Sessions.spec;
import static io.jenkins.plugins.canarygate.report.Sessions.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.gate.ByHand;
import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.rollout.Action;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final GateSpec spec = spec("checkout", check("error rate", fail("> 1%")));

  @Test
  void anEndedGateSaysWhatWasJudgedAndDone() {
    Report report = Reports.failed();

    assertThat(report.state()).isEqualTo("ended");
    assertThat(report.verdict()).contains(Verdict.FAIL);
    assertThat(report.exitCode()).hasValue(10);
    assertThat(report.score()).hasValue(33.333);
    assertThat(report.rollout().revision()).contains("7c9d");
    assertThat(report.rollout().image()).contains("shop/checkout:1.2");
    assertThat(report.rollout().phases()).containsExactly("Progressing", "Paused");
    assertThat(report.actions()).singleElement().returns("abort", Report.ActionTaken::action);
    assertThat(report.lastLines()).hasSize(3);
  }

  @Test
  void aWarningBringsHalfOfItsWeightAndAnUnjudgedCheckNothingYet() {
    Report report =
        Report.of(
            spec,
            judging(
                spec,
                point(1, null, run("error rate", State.WARN, measured(Grade.WARN, 0.02, 0.01))),
                point(2, null, run("error rate", State.UNJUDGED))));

    assertThat(report.checks())
        .extracting(CheckResult::point, CheckResult::score)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, OptionalDouble.of(1)),
            org.assertj.core.groups.Tuple.tuple(2, OptionalDouble.empty()));
    assertThat(report.checksAt(report.points().get(1)))
        .singleElement()
        .returns(2, CheckResult::point);
  }

  @Test
  void aGateThatHasNotEndedSaysWhatIsKnownSoFar() {
    Report report =
        Report.of(spec, judging(spec, point(1, null, run("error rate", State.RUNNING))));

    assertThat(report.state()).isEqualTo("judging");
    assertThat(report.verdict()).isEmpty();
    assertThat(report.verdictText()).isEqualTo("unfinished");
    assertThat(report.exitCode()).isEmpty();
    assertThat(report.finished()).isEmpty();
    assertThat(report.reason()).isEqualTo("not ended yet; it was judging");
  }

  @Test
  void aGateThatSawNothingYetHasAReportToo() {
    Report report = Report.of(spec, begun(spec));

    assertThat(report.points()).isEmpty();
    assertThat(report.rollout().revision()).isEmpty();
    assertThat(report.rollout().asked()).isEqualTo("shop/checkout:1.2");
  }

  @Test
  void aCrashIsAnErrorWithExitCodeOneAndKeepsWhatWasMeasured() {
    Report crashed =
        Report.of(
                spec,
                judging(
                    spec,
                    point(1, null, run("error rate", State.RUNNING, measured(Grade.PASS, 0, 0)))))
            .brokenOff(Verdict.ERROR, "out of memory", List.of("look"), at(99));

    assertThat(crashed.verdict()).contains(Verdict.ERROR);
    assertThat(crashed.exitCode()).hasValue(1);
    assertThat(crashed.lastLines()).containsExactly("look");
    assertThat(crashed.finished()).contains(at(99));
    assertThat(crashed.checks().get(0).measurements()).hasSize(1);
  }

  @Test
  void aGateThatHadEndedIsNotMadeAnErrorByACrashAfterwards() {
    assertThat(Reports.failed().brokenOff(Verdict.ERROR, "late", List.of(), at(999)))
        .isEqualTo(Reports.failed());
  }

  @Test
  void theImageOfANewerRevisionIsNotShownAsTheJudgedOnes() {
    GateSpec other = spec("checkout");
    Report report =
        Report.of(
            other,
            judging(
                other,
                new io.jenkins.plugins.canarygate.gate.PointRun(
                    1,
                    Optional.empty(),
                    Optional.of(
                        new io.jenkins.plugins.canarygate.rollout.Fence(
                            "older",
                            io.jenkins.plugins.canarygate.rollout.Memory.empty().details())),
                    at(1),
                    List.of(),
                    Optional.of(decision(Verdict.PASS, "good", 100)))));

    assertThat(report.rollout().revision()).contains("older");
    assertThat(report.rollout().image()).contains("shop/checkout:1.2");
  }

  @Test
  void aPersonsDecisionNamesThePersonAndTheReason() {
    GateSpec byHand = spec.with(new ByHand(Action.PROMOTE, "ada", "seen the plots"));

    assertThat(Report.of(byHand, begun(byHand)).decidedBy())
        .contains(new Report.DecidedBy("ada", "promote", "seen the plots", Sessions.START));
  }

  @Test
  void onlyWebLinksReachTheReport() {
    Measurement measurement = without(Grade.FAIL, "bad");
    Measurement linked =
        new Measurement(
            measurement.at(),
            measurement.window(),
            measurement.grade(),
            false,
            measurement.canary(),
            measurement.stable(),
            measurement.canarySamples(),
            measurement.stableSamples(),
            "bad",
            Optional.of("javascript:alert(1)"),
            Optional.empty(),
            Optional.empty());
    Report report =
        Report.of(spec, judging(spec, point(1, null, run("error rate", State.FAIL, linked))));

    assertThat(report.checks().get(0).link()).isEmpty();
    assertThat(report.checks().get(0).measurements().get(0).link()).isEmpty();
    assertThat(Links.safe("https://user:secret@host/")).isEmpty();
    assertThat(Links.safe("https:///nohost")).isEmpty();
    assertThat(Links.safe("HTTPS://host/ü")).contains("HTTPS://host/%C3%BC");
  }
}
