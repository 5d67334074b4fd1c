package io.jenkins.plugins.canarygate.report;

import static io.jenkins.plugins.canarygate.report.Sessions.check;
import static io.jenkins.plugins.canarygate.report.Sessions.fail;
import static io.jenkins.plugins.canarygate.report.Sessions.failRatio;
import static io.jenkins.plugins.canarygate.report.Sessions.measured;
import static io.jenkins.plugins.canarygate.report.Sessions.run;
import static io.jenkins.plugins.canarygate.report.Sessions.spec;
import static io.jenkins.plugins.canarygate.report.Sessions.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Promise 5: one line of why")
class CheckLinesTest {

  @Test
  void theLineHasValueCriterionWindowAndSamples() {
    assertThat(
            line(
                check("error rate", fail("> 1%")),
                run("error rate", State.FAIL, measured(Grade.FAIL, 0.018, 0.009))))
        .isEqualTo(
            "1.8 %, stable 0.9 %; fail > 1%; 10:01 to 10:06 UTC;"
                + " 1,204 samples, stable 11,804");
  }

  @Test
  void whatIsComparedIsShownAsItWasCompared() {
    assertThat(
            line(
                check("saturation", failRatio("> 2")),
                run("saturation", State.FAIL, measured(Grade.FAIL, 0.9, 0.3))))
        .startsWith("0.9, stable 0.3, ratio 3; fail ratio > 2;");
  }

  @Test
  void aRatioToNothingIsShownAsInfinite() {
    assertThat(
            line(
                check("errors", failRatio("> 2")),
                run("errors", State.FAIL, measured(Grade.FAIL, 0.9, 0))))
        .startsWith("0.9, stable 0, ratio infinite;");
  }

  @Test
  void aFailedCheckShowsTheMeasurementThatFailedAndNotTheLast() {
    assertThat(
            line(
                check("errors", fail("> 1%")),
                run(
                    "errors",
                    State.FAIL,
                    measured(Grade.FAIL, 0.03, 0),
                    measured(Grade.PASS, 0.001, 0))))
        .startsWith("3 %")
        .endsWith("; 1 of 2 measurements");
  }

  @Test
  void aCheckWithoutEvidenceSaysWhyThereIsNone() {
    assertThat(
            line(
                check("errors", fail("> 1%")),
                run(
                    "errors",
                    State.UNJUDGED,
                    measured(Grade.PASS, 0.001, 0),
                    without(Grade.INCONCLUSIVE, "12 samples, 200 are needed"))))
        .isEqualTo("12 samples, 200 are needed; fail > 1%");
  }

  @Test
  void aCheckThatWasNeverMeasuredSaysSo() {
    assertThat(line(check("errors", fail("> 1%")), run("errors", State.UNJUDGED)))
        .isEqualTo("nothing was measured");
  }

  @Test
  void aSourceThatJudgesByItselfIsQuoted() {
    assertThat(
            line(
                check("objectives", Criteria.NONE),
                run("objectives", State.PASS, without(Grade.PASS, "score 95 %"))))
        .isEqualTo("score 95 %");
    assertThat(
            line(
                check("objectives", Criteria.NONE),
                run("objectives", State.PASS, without(Grade.PASS, ""))))
        .isEqualTo("judged good by the source");
  }

  @Test
  void whatTheGateSaysOfTheStateIsSaidOnce() {
    Measurement measurement = without(Grade.ERROR, "429 from the API");
    CheckRun run =
        new CheckRun(
            "errors",
            State.UNJUDGED,
            "5 errors in a row: 429 from the API",
            List.of(measurement),
            Sessions.START,
            Optional.empty(),
            "");

    assertThat(line(check("errors", fail("> 1")), run))
        .isEqualTo("5 errors in a row: 429 from the API; fail > 1");
  }

  private static String line(Check check, CheckRun run) {
    return new CheckLines(spec("checkout", check), run).line();
  }
}
