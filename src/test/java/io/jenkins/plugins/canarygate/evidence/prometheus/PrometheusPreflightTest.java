package io.jenkins.plugins.canarygate.evidence.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Finding.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusPreflightTest {
  private final FakePrometheus prometheus = new FakePrometheus();
  private final PrometheusBench bench = new PrometheusBench(prometheus.url());

  @AfterEach
  void close() {
    prometheus.close();
  }

  private List<Finding> look() {
    return new PrometheusPreflight(bench.client, bench.gate()).look(Map.of(), bench.now);
  }

  private Finding second() {
    return look().get(1);
  }

  @Test
  void whatEachQueryGivesNowIsShown() {
    prometheus.answer(FakePrometheus.vector("{\"job\":\"a\"}=0.25"));
    bench.add("a", new PrometheusSection("x", "n", null, null), PrometheusBench.NONE);
    assertThat(look())
        .extracting(Finding::level, Finding::subject, Finding::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Level.OK, "prometheus: server", "127.0.0.1 answers"),
            org.assertj.core.groups.Tuple.tuple(
                Level.OK,
                "prometheus: check 'a'",
                "query gives 1 series, {job=\"a\"}; the first is 0.25 now"),
            org.assertj.core.groups.Tuple.tuple(
                Level.OK,
                "prometheus: check 'a'",
                "samples gives 1 series, {job=\"a\"}; the first is 0.25 now"));
    assertThat(prometheus.queries()).containsExactly("1", "x", "n");
  }

  @Test
  void nothingIsAWarning() {
    bench.query("a", "x{pod=~\"${cohort.pods}\"}", PrometheusBench.CANARY);
    assertThat(second().level()).isEqualTo(Level.WARNING);
    assertThat(second().message()).contains("gives nothing now, which would be no evidence");
    assertThat(prometheus.queries()).contains("x{pod=~\"checkout-.*\"}");
  }

  @Test
  void nothingOfACohortThatNobodyCanNameYetIsNone() {
    bench.query("a", "x{rs=\"${cohort}\"}", PrometheusBench.CANARY);
    assertThat(second().level()).isEqualTo(Level.OK);
    assertThat(second().message()).contains("accepted", "once there is a canary");
  }

  @Test
  void severalSeriesWithoutAReductionAreAnError() {
    prometheus.answer(FakePrometheus.vector("{\"p\":\"a\"}=1", "{\"p\":\"b\"}=2"));
    bench.query("a", "x", PrometheusBench.NONE);
    assertThat(second().level()).isEqualTo(Level.ERROR);
    assertThat(second().message()).contains("2 series, {p=\"a\"}, {p=\"b\"}, where one is judged");
    bench.add("a", new PrometheusSection("x", null, "max", null), PrometheusBench.NONE);
    assertThat(second().level()).isEqualTo(Level.OK);
  }

  @Test
  void aRefusedQueryIsAnErrorAndARemarkAWarning() {
    bench.query("a", "x", PrometheusBench.NONE);
    prometheus.answers(
        q ->
            q.equals("x")
                ? "{\"status\":\"success\",\"infos\":[\"PromQL info: odd\"],\"data\":"
                    + "{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}"
                : FakePrometheus.scalar("1"));
    assertThat(second().level()).isEqualTo(Level.WARNING);
    assertThat(second().message()).contains("PromQL info: odd");
    prometheus.answers(
        q ->
            q.equals("x")
                ? FakePrometheus.error("bad_data", "parse error")
                : FakePrometheus.scalar("1"));
    assertThat(second().level()).isEqualTo(Level.ERROR);
    assertThat(second().message()).contains("parse error");
  }

  @Test
  void aServerThatDoesNotAcceptUsIsSaidOnce() {
    prometheus.once(401, "");
    bench.query("a", "x", PrometheusBench.NONE).query("b", "y", PrometheusBench.NONE);
    assertThat(look()).singleElement().extracting(Finding::level).isEqualTo(Level.ERROR);
  }
}
