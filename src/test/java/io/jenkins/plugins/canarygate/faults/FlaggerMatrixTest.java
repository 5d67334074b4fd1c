package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.PointRun;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.report.ConsoleReport;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A gate on a Canary of Flagger: every call of the gate, of the gate server and of Flagger's
 * webhooks, hit by every trouble, at every time. What the gate comes to stands in {@link
 * FlaggerExpected}, and what must hold whatever happens is asked of every cell.
 */
@DisplayName("D0, A1, FL1 to FL5, promises 1 and 3: the matrix of faults with Flagger")
class FlaggerMatrixTest {
  // More than there are processors: where it is silence that is tested, most of it is waiting.
  private static final ExecutorService POOL = Executors.newFixedThreadPool(6);
  private static final Duration LAST_ANNOUNCEMENT = Duration.ofSeconds(10);

  @AfterAll
  static void end() {
    POOL.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> aGoodCanary() {
    return tests(FlaggerExpected.good());
  }

  @TestFactory
  Stream<DynamicTest> aBadCanary() {
    return tests(FlaggerExpected.bad());
  }

  @Test
  void theTableHasEveryCellOfTheGatesOwnCalls() {
    int whens = FlaggerCell.When.values().length;
    Map<Call, Long> cells =
        FlaggerExpected.good().keySet().stream()
            .filter(cell -> cell.who() == FlaggerCell.Who.GATE && !cell.carriedOut())
            .filter(cell -> cell.trouble() != Trouble.HUGE_BODY)
            .collect(Collectors.groupingBy(FlaggerCell::call, Collectors.counting()));
    long reading = (Trouble.values().length - 1) * whens * 2L;
    // Before it judges the gate writes nothing: what is laid then stands when judging begins.
    long writing = (Trouble.values().length - 1) * (whens - 1) * 2L;
    assertThat(cells)
        .isEqualTo(
            Map.of(Call.GET_CANARY, reading, Call.GET_WORKLOAD, reading, Call.PATCH, writing));
  }

  private static Stream<DynamicTest> tests(Map<FlaggerCell, String> table) {
    Map<FlaggerCell, Future<FlaggerMatrixRun.Result>> results = new LinkedHashMap<>();
    table.keySet().forEach(cell -> results.put(cell, POOL.submit(() -> FlaggerMatrixRun.of(cell))));
    return table.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey() + ": " + row.getValue(),
                    () -> {
                      FlaggerMatrixRun.Result result =
                          results.get(row.getKey()).get(10, TimeUnit.MINUTES);
                      assertThat(result.outcome())
                          .as(() -> result.session().timeline().toString())
                          .isEqualTo(row.getValue());
                      whateverHappens(result);
                    }));
  }

  private static void whateverHappens(FlaggerMatrixRun.Result result) {
    nothingIsPromotedThatWasNotJudgedGood(result);
    thereAreNoTwoDecisions(result);
    theTraceOfWhatIsOverIsGone(result);
    itEndsWithinItsTotal(result);
    theReportIsNotLost(result);
  }

  /** Not by the gate, and not afterwards by what it left behind. */
  private static void nothingIsPromotedThatWasNotJudgedGood(FlaggerMatrixRun.Result result) {
    Set<Verdict> verdicts =
        result.session().points().stream()
            .map(PointRun::decision)
            .flatMap(Optional::stream)
            .map(decision -> decision.verdict())
            .collect(Collectors.toSet());
    List<Decision> promotes =
        result.stood().stream().filter(d -> d.action() == Decision.Action.PROMOTE).toList();
    if (!promotes.isEmpty() || (result.promoted().isPresent() && !result.cell().saysYes())) {
      assertThat(result.cell().evidence()).isEqualTo(Cell.Evidence.GOOD);
      assertThat(verdicts).containsExactly(Verdict.PASS);
    }
    if (result.promoted().isPresent() && !result.cell().saysYes()) {
      assertThat(promotes).isNotEmpty();
      assertThat(result.promoted().get()).isAfterOrEqualTo(result.decided().orElseThrow());
    }
    if (result.session().ending().orElseThrow().outcome() == Outcome.PROMOTED) {
      assertThat(result.promoted()).isPresent();
    }
  }

  /** One action under one binding, however often it was written; and each write as of a look. */
  private static void thereAreNoTwoDecisions(FlaggerMatrixRun.Result result) {
    assertThat(result.stood().stream().map(d -> d.action() + " " + d.binding()).distinct())
        .hasSizeLessThan(2);
    assertThat(result.writes())
        .allMatch(write -> write.call() == Call.PATCH && write.resourceVersion().isPresent());
  }

  private static void theTraceOfWhatIsOverIsGone(FlaggerMatrixRun.Result result) {
    Outcome outcome = result.session().ending().orElseThrow().outcome();
    boolean over = outcome == Outcome.PROMOTED || outcome == Outcome.ABORTED;
    if (over && !result.left().isEmpty()) {
      assertThat(result.cell().call()).isEqualTo(Call.PATCH);
      assertThat(JsonReport.render(Report.of(result.spec(), result.session())))
          .contains(Decision.ANNOTATION + " could not be removed, and holds until ");
    }
  }

  private static void itEndsWithinItsTotal(FlaggerMatrixRun.Result result) {
    assertThat(result.session().ending().orElseThrow().at())
        .isBeforeOrEqualTo(result.session().endBy());
    assertThat(result.ended()).isBeforeOrEqualTo(result.session().endBy().plus(LAST_ANNOUNCEMENT));
  }

  private static void theReportIsNotLost(FlaggerMatrixRun.Result result) {
    Report report = Report.of(result.spec(), result.session());
    Report read = JsonReport.read(JsonReport.render(report));
    assertThat(read.verdict()).contains(result.session().ending().orElseThrow().verdict());
    assertThat(read.reason()).isNotBlank();
    assertThat(read.exitCode()).isPresent();
    assertThat(String.join("\n", ConsoleReport.lines(report)))
        .contains(read.verdict().orElseThrow().name());
  }
}
