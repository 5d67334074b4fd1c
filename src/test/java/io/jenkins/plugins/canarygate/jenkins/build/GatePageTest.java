package io.jenkins.plugins.canarygate.jenkins.build;

import static io.jenkins.plugins.canarygate.report.Sessions.aborted;
import static io.jenkins.plugins.canarygate.report.Sessions.check;
import static io.jenkins.plugins.canarygate.report.Sessions.decision;
import static io.jenkins.plugins.canarygate.report.Sessions.ended;
import static io.jenkins.plugins.canarygate.report.Sessions.ending;
import static io.jenkins.plugins.canarygate.report.Sessions.fail;
import static io.jenkins.plugins.canarygate.report.Sessions.judging;
import static io.jenkins.plugins.canarygate.report.Sessions.measured;
import static io.jenkins.plugins.canarygate.report.Sessions.optional;
import static io.jenkins.plugins.canarygate.report.Sessions.plotted;
import static io.jenkins.plugins.canarygate.report.Sessions.point;
import static io.jenkins.plugins.canarygate.report.Sessions.run;
import static io.jenkins.plugins.canarygate.report.Sessions.series;
import static io.jenkins.plugins.canarygate.report.Sessions.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.jenkins.gates.GateEnd;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gate's page has to show, from a report as it is kept with the build. */
class GatePageTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:10:00Z");
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  @TempDir Path build;
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void english() {
    Locale.setDefault(Locale.ENGLISH);
  }

  @AfterEach
  void clear() {
    Locale.setDefault(before);
    LiveReports.from(key -> Optional.empty());
  }

  private static Report failed(String name) {
    GateSpec spec =
        spec(name, check("error rate", fail("> 1%")), optional(check(name, fail("> 2"))));
    return Report.of(
        spec,
        ended(
            judging(
                spec,
                point(
                    1,
                    decision(Verdict.FAIL, name + " is bad", 33.3),
                    run(
                        "error rate",
                        State.FAIL,
                        plotted(measured(Grade.FAIL, 0.018, 0.009), series())),
                    run(name, State.UNJUDGED))),
            ending(Verdict.FAIL, Outcome.ABORTED, name + " is bad", 10),
            aborted()));
  }

  private GatePage page(GateSummary summary) throws IOException {
    return new GatePage(new KeptBuild(build), summary);
  }

  private GatePage page(Report report) throws IOException {
    Path folder = Files.createDirectories(build.resolve("canary-gate").resolve("7"));
    Files.writeString(folder.resolve("report.json"), JsonReport.render(report));
    GateEnd end = new GateEnd(GateEnd.Kind.FAILS, "said", Optional.of(report));
    return page(GateSummary.begun("7", NOW).ended(end, NOW));
  }

  @Test
  void anEndedGateShowsVerdictChecksActionsAndWhatToKnow() throws IOException {
    GatePage page = page(failed("checkout"));

    assertThat(page.getDisplayName()).isEqualTo("checkout");
    assertThat(page.getVerdict()).isEqualTo("FAIL");
    assertThat(page.getOutcome()).isEqualTo("aborted");
    assertThat(page.getReasons()).containsExactly("checkout is bad");
    assertThat(page.getIcon()).isEqualTo("symbol-status-red");
    assertThat(page.getProblem()).isEmpty();
    assertThat(page.isOfSeveralPoints()).isFalse();
    assertThat(page.getChecks())
        .extracting(CheckRow::getVerdict)
        .containsExactly("FAIL", "UNJUDGED");
    CheckRow first = page.getChecks().get(0);
    assertThat(first.getName()).isEqualTo("error rate");
    assertThat(first.getMeasured()).isEqualTo("1 / 2");
    assertThat(first.getCriterion()).contains("> 1%");
    assertThat(first.getLine()).contains("1.8 %");
    assertThat(first.getLink()).startsWith("https://ui.honeycomb.io/");
    assertThat(first.getMarks()).isEmpty();
    assertThat(page.getChecks().get(1).getMarks()).isEqualTo("optional");
    assertThat(page.getMeasurements())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getCheck()).isEqualTo("error rate");
              assertThat(row.getAt()).isEqualTo("2026-11-22T10:07:00Z");
              assertThat(row.getGrade()).isEqualTo("FAIL");
              assertThat(row.getValue()).contains("1.8 %");
              assertThat(row.getWindow()).isEqualTo("10:01 to 10:06 UTC");
              assertThat(row.getSamples()).isEqualTo("1,204 / 11,804");
              assertThat(row.getLink()).startsWith("https://ui.honeycomb.io/");
            });
    assertThat(page.getSummary().getScore()).isEqualTo(33.3);
    assertThat(page.getSummary().getState()).isEqualTo("ended");
    assertThat(page.getActions()).singleElement().asString().startsWith("abort asked");
    assertThat(page.getLastLines()).startsWith("The canary serves 20 %.\npromote: ");
    assertThat(page.getTimeline().get(0).getAt()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(page.getTimeline().get(0).getText()).isEqualTo("the gate began");
    assertThat(page.getFacts())
        .extracting(FactRow::getLabel)
        .contains("Rollout", "Revision", "Image", "Score", "Started", "Ended");
  }

  @Test
  void aCheckWithASeriesIsPlottedAndSaidInWords() throws IOException {
    assertThat(page(failed("checkout")).getPlots())
        .singleElement()
        .satisfies(
            plot -> {
              assertThat(plot.getCheck()).isEqualTo("error rate");
              assertThat(plot.getSpan()).isEqualTo("10:03 to 10:06 UTC");
              assertThat(plot.getText())
                  .isEqualTo(
                      "error rate, 10:03 to 10:06 UTC: canary 0.4 % to 1.8 %,"
                          + " no value at 1 of 4 points; stable 0.9 %");
              assertThat(plot.getCanaryLegend())
                  .isEqualTo("Canary: 0.4 % to 1.8 %, no value at 1 of 4 points");
              assertThat(plot.getStableLegend()).isEqualTo("Stable: 0.9 %");
              assertThat(plot.getHigh()).isEqualTo("1.8 %");
              assertThat(plot.getLow()).isEqualTo("0 %");
              assertThat(plot.getCanaryPath()).matches("M[0-9. ]+ h0 M[0-9. ]+ L[0-9. ]+");
              assertThat(plot.getStablePath()).matches("M[0-9. ]+( L[0-9. ]+){3}");
              assertThat(plot.getBox()).isEqualTo("0 0 600 120");
              assertThat(plot.getEdges()).isEqualTo("M0 1 H600 M0 119 H600");
              assertThat(plot.getBegin()).isEqualTo("10:03:00");
              assertThat(plot.getEnd()).isEqualTo("10:06:00");
            });
  }

  @Test
  void aReportOfBeforeThereWereSeriesIsShownWithoutPlots() throws IOException {
    Path folder = Files.createDirectories(build.resolve("canary-gate").resolve("7"));
    String json = JsonReport.render(failed("checkout"));
    Files.writeString(
        folder.resolve("report.json"), json.replace("\"series\"", "\"was not there\""));
    GateEnd end = new GateEnd(GateEnd.Kind.FAILS, "said", Optional.of(failed("checkout")));
    GatePage page = page(GateSummary.begun("7", NOW).ended(end, NOW));

    assertThat(page.getProblem()).isEmpty();
    assertThat(page.getChecks()).hasSize(2);
    assertThat(page.getPlots()).isEmpty();
  }

  @Test
  void textsStayTextsAndAreNotMadeIntoAnythingElse() throws IOException {
    GatePage page = page(failed(HOSTILE));

    assertThat(page.getDisplayName()).isEqualTo(HOSTILE);
    assertThat(page.getChecks().get(1).getName()).isEqualTo(HOSTILE);
    assertThat(page.getReasons()).containsExactly(HOSTILE + " is bad");
  }

  @Test
  void onlyHttpAndHttpsAreLinks() {
    assertThat(linked("https://ui.honeycomb.io/x").getLink()).isNotEmpty();
    assertThat(linked("http://grafana/x").getLink()).isNotEmpty();
    for (String bad :
        List.of(
            "javascript:alert(1)",
            "JavaScript:alert(1)//https://x",
            "data:text/html,x",
            "//evil",
            "https://name:word@evil/",
            "x\nhttps://a",
            " https://x")) {
      assertThat(linked(bad).getLink()).as(bad).isEmpty();
    }
  }

  private static CheckRow linked(String link) {
    return new CheckRow(
        new CheckResult(
            1,
            "a",
            "s",
            State.PASS,
            "",
            Optional.of(link),
            OptionalDouble.empty(),
            1,
            false,
            false,
            false,
            "",
            1,
            List.of()));
  }

  @Test
  void aGateThatRunsShowsWhatIsKnownOfIt() throws IOException {
    GateSpec spec = spec("checkout", check("error rate", fail("> 1%")));
    Report live = Report.of(spec, judging(spec, point(1, null, run("error rate", State.RUNNING))));
    LiveReports.from(
        key ->
            key.toString().equals("shop/checkout#1, gate 7")
                ? Optional.of(live)
                : Optional.empty());

    GatePage page = page(GateSummary.begun("7", NOW));

    assertThat(page.getDisplayName()).isEqualTo("checkout");
    assertThat(page.getVerdict()).isEqualTo("running");
    assertThat(page.getChecks()).extracting(CheckRow::getVerdict).containsExactly("RUNNING");
    assertThat(page.getProblem()).isEmpty();
  }

  @Test
  void aGateThatWasRefusedShowsEachReason() throws IOException {
    GateEnd refused = new GateEnd(GateEnd.Kind.FAILS, "one\ntwo", Optional.empty());

    GatePage page = page(GateSummary.begun("7", NOW).ended(refused, NOW));

    assertThat(page.getVerdict()).isEqualTo("REFUSED");
    assertThat(page.getReasons()).containsExactly("one", "two");
    assertThat(page.getProblem()).isEmpty();
    assertThat(page.isReported()).isFalse();
  }

  @Test
  void aReportThatIsGoneOrBrokenIsSaidToBe() throws IOException {
    GatePage kept = page(failed("checkout"));
    Path report = build.resolve("canary-gate/7/report.json");
    Files.writeString(report, "{\"report\": \"canary");
    assertThat(page(kept.getSummary()).getProblem()).contains("cannot be read");
    Files.writeString(
        report,
        JsonReport.render(failed("checkout")).replaceFirst("\"rollout\" : \\{", "\"gone\" : {"));
    assertThat(page(kept.getSummary()).getProblem()).contains("cannot be read");
    assertThat(page(kept.getSummary()).getFacts()).isEmpty();
    Files.delete(report);
    assertThat(page(kept.getSummary()).getProblem()).contains("left no report");
    assertThat(page(kept.getSummary()).getVerdict()).isEqualTo("FAIL");
  }
}
