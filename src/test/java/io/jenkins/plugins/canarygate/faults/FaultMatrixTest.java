package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Decision;
import io.jenkins.plugins.canarygate.gate.PointRun;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.report.ConsoleReport;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.JunitReport;
import io.jenkins.plugins.canarygate.report.MarkdownReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * Every call, hit by every trouble, at every time, in passing and for good: what the gate comes to
 * stands in {@link Expected}, and what must hold whatever happens is asked of every cell.
 */
@DisplayName("D0, A1, C3, M4, promises 1 and 3: the matrix of faults")
class FaultMatrixTest {
  // More than there are processors: where it is silence that is tested, most of it is waiting.
  private static final ExecutorService POOL = Executors.newFixedThreadPool(6);
  private static final Duration LAST_ANNOUNCEMENT = Duration.ofSeconds(10);

  @AfterAll
  static void end() {
    POOL.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> aGoodCanary() {
    return tests(Expected.good());
  }

  @TestFactory
  Stream<DynamicTest> aBadCanary() {
    return tests(Expected.bad());
  }

  @Test
  void theTablesHaveEveryCell() {
    Set<Call> calls =
        EnumSet.of(
            Call.GET_ROLLOUT,
            Call.LIST_REPLICASETS,
            Call.PATCH_STATUS,
            Call.CREATE_QUERY,
            Call.CREATE_RESULT,
            Call.GET_RESULT,
            Call.MARKER);
    int whole = calls.size() * Trouble.values().length * Cell.When.values().length * 2;
    Set<Cell> good =
        Expected.good().keySet().stream().filter(c -> !c.carriedOut()).collect(Collectors.toSet());
    assertThat(good).hasSize(whole).allMatch(cell -> calls.contains(cell.call()));
    // A bad canary goes through those that decide what becomes of it.
    Set<Call> decisive = EnumSet.of(Call.GET_ROLLOUT, Call.PATCH_STATUS, Call.GET_RESULT);
    Set<Cell> bad = Expected.bad().keySet();
    assertThat(bad)
        .hasSize(decisive.size() * Trouble.values().length * 2 * 2)
        .allMatch(cell -> decisive.contains(cell.call()));
  }

  private static Stream<DynamicTest> tests(Map<Cell, String> table) {
    Map<Cell, Future<MatrixRun.Result>> results = new LinkedHashMap<>();
    table.keySet().forEach(cell -> results.put(cell, POOL.submit(() -> MatrixRun.of(cell))));
    return table.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey() + ": " + row.getValue(),
                    () -> {
                      MatrixRun.Result result = results.get(row.getKey()).get(5, TimeUnit.MINUTES);
                      assertThat(result.outcome())
                          .as(() -> result.session().timeline().toString())
                          .isEqualTo(row.getValue());
                      whateverHappens(result);
                    }));
  }

  private static void whateverHappens(MatrixRun.Result result) {
    nothingIsPromotedThatWasNotJudgedGood(result);
    atMostOnePromoteIsAccepted(result);
    itEndsWithinItsTotal(result);
    theReportIsNotLost(result);
  }

  private static void nothingIsPromotedThatWasNotJudgedGood(MatrixRun.Result result) {
    Set<Verdict> decisions =
        result.session().points().stream()
            .map(PointRun::decision)
            .flatMap(java.util.Optional::stream)
            .map(Decision::verdict)
            .collect(Collectors.toSet());
    if (!result.promotes().isEmpty()) {
      assertThat(result.cell().evidence()).isEqualTo(Cell.Evidence.GOOD);
      assertThat(decisions).containsExactly(Verdict.PASS);
      assertThat(result.promotes())
          .allMatch(write -> !write.at().isBefore(result.decided().orElseThrow()));
    }
  }

  /** An accepted write moves the resourceVersion, which every write carries. */
  private static void atMostOnePromoteIsAccepted(MatrixRun.Result result) {
    assertThat(result.promotes()).allMatch(write -> write.resourceVersion().isPresent());
    assertThat(
            result.promotes().stream()
                .filter(write -> write.status() < 300)
                .map(RecordedRequest::resourceVersion)
                .distinct())
        .hasSizeLessThan(2);
  }

  private static void itEndsWithinItsTotal(MatrixRun.Result result) {
    assertThat(result.session().ending().orElseThrow().at())
        .isBeforeOrEqualTo(result.session().endBy());
    assertThat(result.ended()).isBeforeOrEqualTo(result.session().endBy().plus(LAST_ANNOUNCEMENT));
  }

  private static void theReportIsNotLost(MatrixRun.Result result) {
    Report report = Report.of(result.spec(), result.session());
    Report read = JsonReport.read(JsonReport.render(report));
    assertThat(read.verdict()).contains(result.session().ending().orElseThrow().verdict());
    assertThat(read.reason()).isNotBlank();
    assertThat(read.exitCode()).isPresent();
    String verdict = read.verdict().orElseThrow().name();
    assertThat(MarkdownReport.render(report)).contains(verdict);
    assertThat(JunitReport.render(report)).contains("<testsuite");
    assertThat(String.join("\n", ConsoleReport.lines(report))).contains(verdict);
  }
}
