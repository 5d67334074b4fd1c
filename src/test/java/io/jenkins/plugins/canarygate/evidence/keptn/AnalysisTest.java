package io.jenkins.plugins.canarygate.evidence.keptn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An Analysis from its creation to its deletion, each question asked by a process of its own. */
class AnalysisTest {
  private final KeptnBench bench = new KeptnBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Optional<String> ticket(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.NotYet.class);
    return ((Reading.NotYet) reading).ticket();
  }

  private JsonNode only() {
    assertThat(bench.keptn.analyses()).hasSize(1);
    return bench.keptn.analyses().get(0);
  }

  private long writes(String method) {
    return bench.cluster.writes().stream().filter(r -> r.method().equals(method)).count();
  }

  @Test
  @DisplayName("M9: pass is Keptn's own, with each objective beside it")
  void aGoodOnePasses() {
    Reading.Answer answer = bench.answer();

    assertThat(answer.verdict()).contains(Grade.PASS);
    assertThat(answer.detail())
        .isEqualTo(
            "Keptn's score 3 of 3 (100 %; pass from 90 %, warn from 60 %):"
                + " errors 0.001 as of 09:54:00 UTC (fail > 0.05, warn > 0.01, key): 2 of 2;"
                + " latency 0.2 (fail > 0.5, warn > 0.3): 1 of 1");
  }

  @Test
  void aDoubtfulOneWarns() {
    bench.answers().value(KeptnBench.ERRORS, "0.02");

    Reading.Answer answer = bench.answer();

    assertThat(answer.verdict()).contains(Grade.WARN);
    assertThat(answer.detail())
        .startsWith("Keptn's score 2 of 3 (66.6 %; pass from 90 %, warn from 60 %): errors 0.02 ")
        .contains(": 1 of 2; ");
  }

  @Test
  void aBadKeyObjectiveFailsWhateverTheScore() {
    bench.answers().value(KeptnBench.ERRORS, "0.0501");

    assertThat(bench.grade()).isEqualTo(Grade.FAIL);
  }

  @Test
  void itIsCreatedForTheWindowOfTheCheckWithItsArguments() {
    bench.ask(Optional.empty());

    assertThat(only().at("/spec"))
        .isEqualTo(
            Json.of(
                "{'analysisDefinition':{'name':'checkout'},'timeframe':{"
                    + "'from':'2026-05-01T09:54:00Z','to':'2026-05-01T09:59:00Z'},"
                    + "'args':{'workload':'checkout'}}"));
    assertThat(only().at("/metadata/name").asText())
        .startsWith("canary-gate-checkout-")
        .hasSizeLessThan(64);
    JsonNode labels = only().at("/metadata/labels");
    assertThat(labels.path("app.kubernetes.io/managed-by").asText()).isEqualTo("canary-gate");
    assertThat(labels.path("canary-gate/gate").asText()).isEqualTo("checkout");
    assertThat(only().at("/metadata/annotations").path("canary-gate/until").asText())
        .isEqualTo("2026-05-01T10:03:00Z");
  }

  @Test
  void itIsDeletedOnceItWasRead() {
    bench.answer();

    assertThat(bench.keptn.analyses()).isEmpty();
    RecordedRequest delete =
        bench.cluster.writes().stream().filter(r -> r.method().equals("DELETE")).findFirst().get();
    assertThat(delete.body())
        .as("this one and no other of its name")
        .contains("\"preconditions\":{\"uid\":\"");
  }

  @Test
  void itIsKeptIfTheCheckSaysSo() {
    bench.with(true, null).answer();

    assertThat(only().at("/status/state").asText()).isEqualTo("Completed");
    assertThat(only().at("/metadata/annotations").has("canary-gate/until")).isFalse();
    bench.clock.advance(Duration.ofDays(1));
    bench.prepare();
    assertThat(bench.keptn.analyses()).hasSize(1);
  }

  @Test
  @DisplayName("a process that died after creating it goes on with the same one")
  void aCrashBeforeTheTicketWasKept() {
    bench.ask(Optional.empty());
    bench.ask(Optional.empty());

    assertThat(bench.keptn.analyses()).hasSize(1);
    assertThat(bench.grade()).isEqualTo(Grade.PASS);
    assertThat(bench.keptn.analyses()).isEmpty();
  }

  @Test
  @DisplayName("a process that died after deleting it measures again, and deletes that as well")
  void aCrashAfterTheDeletion() {
    Optional<String> ticket = ticket(bench.ask(Optional.empty()));
    bench.ask(ticket);
    assertThat(bench.keptn.analyses()).isEmpty();

    ticket = ticket(bench.ask(ticket));
    assertThat(bench.ask(ticket)).isInstanceOf(Reading.Answer.class);
    assertThat(bench.keptn.analyses()).isEmpty();
  }

  @Test
  @DisplayName("M15: a jump of the clock moves what the session says, not the Analysis's name")
  void theTicketNamesItAfterAJumpOfTheClock() {
    Optional<String> ticket = ticket(bench.ask(Optional.empty()));
    bench.askedSince = bench.askedSince.plus(Duration.ofHours(1));

    assertThat(bench.ask(ticket)).isInstanceOf(Reading.Answer.class);
    assertThat(writes("POST")).isEqualTo(1);
  }

  @Test
  void anotherMeasurementIsAnotherAnalysis() {
    bench.with(true, null).answer();
    bench.askedSince = bench.askedSince.plusSeconds(60);
    bench.answer();

    assertThat(bench.keptn.analyses()).hasSize(2);
  }

  @Test
  @DisplayName("409: an Analysis of our name that is not ours is neither read nor deleted")
  void somebodyElsesAnalysisOfTheSameName() {
    bench.cluster.keptn().stop();
    bench.ask(Optional.empty());
    String name = only().at("/metadata/name").asText();
    bench.keptn.delete("analyses", name);
    bench.keptn.analysis(
        name, "{'analysisDefinition':{'name':'checkout'},'timeframe':{'recent':'5m'}}");
    bench.cluster.forgetRequests();

    Reading reading = bench.ask(Optional.empty());

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Failed.class,
            failed -> assertThat(failed.why()).contains("this gate did not create it"));
    assertThat(writes("DELETE")).isZero();
  }

  @Test
  @DisplayName("409: ours, but for a window that is no longer the one that is measured")
  void ourOwnOfAnotherWindowIsReplaced() {
    bench.cluster.keptn().stop();
    bench.ask(Optional.empty());
    bench.window =
        Optional.of(
            new Window(
                KeptnBench.WINDOW.from().plusSeconds(20), KeptnBench.WINDOW.to().plusSeconds(20)));
    bench.clock.advance(Duration.ofSeconds(20));
    bench.cluster.keptn().start();

    assertThat(bench.grade()).isEqualTo(Grade.PASS);
    assertThat(bench.keptn.analyses()).isEmpty();
    assertThat(writes("POST")).isEqualTo(3);
  }

  @Test
  void anAnalysisThatSomebodyChangedSaysNothing() {
    bench.cluster.keptn().stop();
    Optional<String> ticket = ticket(bench.ask(Optional.empty()));
    bench.cluster.change(
        new io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey(
            bench.keptn.kind("analyses"), "shop", only().at("/metadata/name").asText()),
        io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore.Part.WHOLE,
        live -> {
          live.withObject("/spec/args").put("workload", "cart");
          return live;
        });

    assertThat(bench.ask(ticket))
        .isInstanceOfSatisfying(
            Reading.Answer.class,
            answer -> {
              assertThat(answer.verdict()).contains(Grade.INCONCLUSIVE);
              assertThat(answer.detail()).contains("was changed by somebody");
            });
  }

  @Test
  @DisplayName("leftovers of a gate that died are deleted when a gate of its name starts")
  void leftoversAreSwept() {
    bench.ask(Optional.empty());
    bench.clock.advance(Duration.ofMinutes(14));
    bench.gateId = "checkout.another00000";

    bench.prepare();

    assertThat(bench.keptn.analyses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12})
  @DisplayName("but never what a gate that runs may still want to read")
  void whatIsStillWantedIsLeft(int minutes) {
    bench.cluster.keptn().stop();
    bench.ask(Optional.empty());
    bench.clock.advance(Duration.ofMinutes(minutes));
    bench.gateId = "checkout.another00000";

    bench.prepare();

    assertThat(bench.keptn.analyses()).hasSize(1);
  }

  @Test
  void whatAGateOfAnotherNameCreatedIsLeft() {
    bench.cluster.keptn().stop();
    bench.ask(Optional.empty());
    bench.clock.advance(Duration.ofDays(1));
    bench.gateName = "cart";

    bench.prepare();

    assertThat(bench.keptn.analyses()).hasSize(1);
  }

  @Test
  void aStuckOneIsDeletedAsWell() {
    bench.answers().failure(KeptnBench.ERRORS, "no values in query result");

    assertThat(bench.grade()).isEqualTo(Grade.INCONCLUSIVE);
    assertThat(bench.keptn.analyses()).isEmpty();
  }

  @Test
  void aSourceThatRecoversInTimeIsRead() {
    bench.answers().failure(KeptnBench.ERRORS, "503 Service Unavailable");
    Optional<String> ticket = ticket(bench.ask(Optional.empty()));
    assertThat(((Reading.NotYet) bench.ask(ticket)).why())
        .contains("Progressing: errors: 503 Service Unavailable");
    bench.answers().value(KeptnBench.ERRORS, "0.001");
    bench.clock.advance(Duration.ofSeconds(10));
    bench.cluster.tick();

    assertThat(bench.ask(ticket)).isInstanceOf(Reading.Answer.class);
  }

  @Test
  void whatCannotBeDeletedIsSaid() {
    Optional<String> ticket = ticket(bench.ask(Optional.empty()));
    bench
        .cluster
        .rights()
        .none()
        .grant(
            "metrics.keptn.sh",
            Set.of(
                "analyses",
                "analysisdefinitions",
                "analysisvaluetemplates",
                "keptnmetricsproviders"),
            Set.of("get", "list", "create"));

    Reading.Answer answer = (Reading.Answer) bench.ask(ticket);

    assertThat(answer.verdict()).contains(Grade.PASS);
    assertThat(answer.detail())
        .contains("could not be deleted: the right to delete analyses.metrics.keptn.sh");
  }

  @Test
  void withoutTheRightToCreateOneTheMeasurementFails() {
    bench.cluster.rights().none().grant("metrics.keptn.sh", Set.of("analyses"), Set.of("get"));

    assertThat(bench.ask(Optional.empty()))
        .isInstanceOfSatisfying(
            Reading.Failed.class,
            failed ->
                assertThat(failed.why())
                    .isEqualTo(
                        "the right to create analyses.metrics.keptn.sh in namespace shop is missing"
                            + " (403); so it is said who grants it"));
  }

  @Test
  @DisplayName("C2: a dry run creates none")
  void aDryRunCreatesNone() {
    bench.writes = false;
    bench.prepare();

    Reading.Answer answer = bench.answer();

    assertThat(answer.verdict()).contains(Grade.INCONCLUSIVE);
    assertThat(answer.detail()).contains("a dry run writes nothing to the cluster");
    assertThat(bench.cluster.writes()).isEmpty();
  }

  @Test
  void oneThatExistsIsReadAndLeftAlone() {
    bench.keptn.analysis(
        "nightly",
        "{'analysisDefinition':{'name':'checkout'},'args':{'workload':'checkout'},"
            + "'timeframe':{'recent':'5m'}}");
    bench.existing("nightly");
    bench.cluster.forgetRequests();

    Reading.Answer answer = bench.answer();

    assertThat(answer.verdict()).contains(Grade.PASS);
    assertThat(answer.identity()).as("M7: read twice, it is one measurement").isPresent();
    assertThat(bench.cluster.writes()).isEmpty();
  }

  @Test
  void oneThatIsToComeIsWaitedFor() {
    bench.existing("nightly");

    assertThat(bench.ask(Optional.empty())).isInstanceOf(Reading.NotYet.class);
    assertThat(bench.answer().detail()).startsWith("there is no Analysis shop/nightly; see");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1beta1", "v1alpha3"})
  void eachServedVersionIsUsed(String version) {
    bench.version(version);

    assertThat(bench.grade()).isEqualTo(Grade.PASS);
    assertThat(bench.cluster.writes())
        .allSatisfy(r -> assertThat(r.path()).contains("/apis/metrics.keptn.sh/" + version + "/"));
  }

  @Test
  void aClusterWithoutKeptnIsRefused() {
    bench.version("v1alpha1");

    assertThat(bench.prepare().message())
        .startsWith("the cluster serves metrics.keptn.sh, but none of");
    assertThat(bench.ask(Optional.empty())).isInstanceOf(Reading.Failed.class);
  }

  @Test
  @DisplayName("M13: what the rollout tells stands in arguments")
  void argumentsNameTheCanary() {
    bench.section = KeptnBench.analysis(Map.of("workload", "checkout-${cohort}"));
    bench.cohorts = Set.of(Cohort.CANARY);

    bench.ask(Optional.empty());

    assertThat(only().at("/spec/args/workload").asText()).isEqualTo("checkout-7c9d");
  }

  @Test
  @DisplayName("C1: where stable is the canary, a check that names a cohort is inconclusive")
  void oneRevisionHasNothingToTellApart() {
    bench.section = KeptnBench.analysis(Map.of("workload", "checkout-${cohort}"));
    bench.cohorts = Set.of(Cohort.CANARY);
    bench.names =
        Map.of(
            Cohort.CANARY, bench.names.get(Cohort.CANARY),
            Cohort.STABLE, bench.names.get(Cohort.CANARY));

    assertThat(bench.grade()).isEqualTo(Grade.INCONCLUSIVE);
    assertThat(bench.keptn.analyses()).isEmpty();
  }

  @Test
  void aPasswordInAnAddressIsNotShown() {
    bench
        .answers()
        .failure(KeptnBench.ERRORS, "Get \"http://ci:hunter2@prom:9090/api\": no such host");

    assertThat(List.of(bench.answer().detail())).noneMatch(text -> text.contains("hunter2"));
  }
}
