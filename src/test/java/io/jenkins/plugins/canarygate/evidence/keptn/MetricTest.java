package io.jenkins.plugins.canarygate.evidence.keptn;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MetricTest {
  private final KeptnBench bench = new KeptnBench();

  @BeforeEach
  void metric() {
    bench.answers().value("p95", "0.25");
    bench.keptn.metric("p95", "prometheus", "p95", 60);
    bench.metric("p95");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void later(Duration by) {
    bench.clock.advance(by);
    bench.cluster.tick();
  }

  @Test
  void itsValueIsReadAsANumber() {
    Reading.Answer answer = bench.answer();

    assertThat(answer.values().canary()).hasValue(0.25);
    assertThat(answer.verdict()).isEmpty();
    assertThat(answer.detail()).isEqualTo("Prometheus, fetched 10:00:00 UTC");
  }

  @Test
  @DisplayName("M7: the same lastUpdated is the same measurement")
  void theSameFetchHasTheSameIdentity() {
    Optional<String> first = bench.answer().identity();
    later(Duration.ofSeconds(30));
    assertThat(bench.answer().identity()).isEqualTo(first).isPresent();
    later(Duration.ofSeconds(31));
    assertThat(bench.answer().identity()).isNotEqualTo(first).isPresent();
  }

  @Test
  @DisplayName("with storedResults only the list of results is written")
  void theNewestOfStoredResultsIsRead() {
    bench.keptn.metric("stored", "prometheus", "p95", 60, "{'interval':'1m','storedResults':3}");
    bench.answers().value("p95", "0.5");
    later(Duration.ofSeconds(61));
    bench.metric("stored");

    assertThat(bench.answer().values().canary()).hasValue(0.5);
  }

  @Test
  @DisplayName("M5: a metric of a range waits until the canary had traffic for as long")
  void aRangeReachesBack() {
    bench.trafficSince = Optional.of(KeptnBench.START.minusSeconds(60));
    bench.keptn.metric("range", "prometheus", "p95", 60, "{'interval':'3m'}");
    bench.metric("range");

    assertThat(bench.answer().values().canary()).hasValue(0.25);
    assertThat(bench.clock.instant()).isAfter(KeptnBench.START.plusSeconds(119));
  }

  @Test
  void anOldValueIsWaitedForWhileTheNextIsDue() {
    bench.keptn.metric("slow", "prometheus", "p95", 300);
    later(Duration.ofMinutes(4));
    bench.metric("slow");

    assertThat(((Reading.NotYet) bench.ask(Optional.empty())).why())
        .isEqualTo("KeptnMetric shop/slow is 4m old, more than maxAge 2m; the next value is due");
    assertThat(bench.answer().values().canary()).hasValue(0.25);
  }

  @Test
  @DisplayName("M4: an error is tried again when the operator has tried again")
  void anErrorIsNotCountedTwice() {
    bench.answers().failure("p95", "timeout");
    later(Duration.ofSeconds(61));

    Reading.Failed failed = (Reading.Failed) bench.ask(Optional.empty());

    assertThat(failed.after()).hasValueSatisfying(after -> assertThat(after).isPositive());
    assertThat(failed.why()).contains("timeout");
  }

  @Test
  void aValueThatIsDatedInTheFutureIsNone() {
    bench.keptn.status("keptnmetrics", "p95", s -> s.put("lastUpdated", "2026-05-01T10:05:00Z"));

    assertThat(bench.answer().detail()).contains("was fetched in the future");
  }

  @Test
  void aValueOfTheQueryBeforeAChangeIsNone() {
    bench.cluster.change(
        new io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey(
            bench.keptn.kind("keptnmetrics"), "shop", "p95"),
        io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore.Part.WHOLE,
        live -> {
          live.withObject("/metadata")
              .withArray("managedFields")
              .add(Json.of("{'time':'2026-05-01T10:00:05Z','fieldsV1':{'f:spec':{}}}"));
          return live;
        });

    assertThat(((Reading.NotYet) bench.ask(Optional.empty())).why())
        .contains("was changed after its value was fetched");
  }

  @Test
  void oneThatIsNotThereIsAnError() {
    bench.metric("p59");

    assertThat(((Reading.Failed) bench.ask(Optional.empty())).why())
        .isEqualTo("there is no KeptnMetric shop/p59; see whether its name is right");
  }

  @Test
  void oneWithoutItsProviderIsNeverFetched() {
    bench.keptn.metric("alone", "nobody", "p95", 60);
    bench.metric("alone");

    assertThat(bench.answer().detail()).contains("there is no KeptnMetricsProvider nobody");
  }

  @Test
  @DisplayName("M14: canary and stable have a metric each")
  void theCohortsHaveAMetricEach() {
    bench.answers().value("canary", "0.4").value("stable", "0.2");
    bench.keptn.metric("p95-7c9d", "prometheus", "canary", 60);
    bench.keptn.metric("p95-55b4", "prometheus", "stable", 60);
    bench.metric("p95-${cohort}");
    bench.cohorts = Set.of(Cohort.CANARY, Cohort.STABLE);

    Reading.Answer answer = bench.answer();

    assertThat(answer.values().canary()).hasValue(0.4);
    assertThat(answer.values().stable()).hasValue(0.2);
    assertThat(bench.section.traits().needsRollout()).isTrue();
  }
}
