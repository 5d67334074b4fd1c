package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.flagger.Binding;
import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flagger's webhooks, as Flagger asks them. */
@DisplayName("FL4, FL7: the gate server's answers to Flagger")
@Timeout(60)
class ServeFlaggerTest {
  private static final Set<String> ALL =
      Set.of("/confirm-rollout", "/confirm-traffic-increase", "/confirm-promotion", "/rollback");

  @TempDir Path folder;
  private CommandBench bench;
  private GatedCanary canary;
  private ServeBench serve;

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
    canary = GatedCanary.waiting(bench.cluster, "shop", "checkout");
  }

  @AfterEach
  void end() {
    if (serve != null) {
      serve.close();
    }
    bench.close();
  }

  private void serve(String... more) throws Exception {
    serve = ServeBench.start(folder, bench.env, more);
    serve.awaitLine("watching the Canaries");
    bench.cluster.forgetRequests();
  }

  private HttpResponse<String> ask(String hook) throws Exception {
    return serve.post(serve.flagger + hook, canary.body());
  }

  private void yes(String hook, String reason) throws Exception {
    HttpResponse<String> answer = ask(hook);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith("yes: ").contains(reason);
  }

  private void no(String hook, String reason) throws Exception {
    HttpResponse<String> answer = ask(hook);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).startsWith("no: ").contains(reason);
    assertThat(answer.body().lines()).hasSize(1);
  }

  private long looks(Call call) {
    return bench.cluster.requests().stream().filter(request -> request.call() == call).count();
  }

  private void looks(int canaries, int targets) {
    assertThat(looks(Call.GET_CANARY)).as("looks at the Canary").isEqualTo(canaries);
    assertThat(looks(Call.GET_WORKLOAD)).as("looks at the target").isEqualTo(targets);
    assertThat(bench.cluster.writes()).isEmpty();
  }

  @Test
  void withoutADecisionThePromotionWaitsAndTheApiServerIsNotAsked() throws Exception {
    serve();

    no("/confirm-promotion", "no gate has decided yet");
    no("/rollback", "no gate has decided yet");

    looks(0, 0);
    assertThat(serve.get(serve.gate + "/metrics").body())
        .contains(
            "canary_gate_hook_answers_total{answer=\"no\",by=\"watch\",hook=\"confirm-promotion\"} 1");
  }

  @Test
  void aPromotionIsConfirmedAfterExactlyOneLookAtTheCanaryAndOneAtItsTarget() throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();

    yes("/confirm-promotion", "gate gate-7 decided to promote");

    looks(1, 1);
    no("/rollback", "decided to promote");
    looks(1, 1);
  }

  @Test
  void eachYesIsGivenByALookOfItsOwn() throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();

    for (int i = 1; i <= 5; i++) {
      yes("/confirm-promotion", "decided to promote");
      looks(i, i);
    }
  }

  @Test
  void anAbortRollsBackAndHoldsEverythingElse() throws Exception {
    canary.decide(Decision.Action.ABORT);
    serve();

    yes("/rollback", "gate gate-7 decided to abort");
    no("/confirm-promotion", "decided to abort");
    no("/confirm-traffic-increase", "decided to abort");
    no("/confirm-rollout", "decided to abort");
  }

  @Test
  void withoutAnAbortARolloutBeginsAndTrafficIncreases() throws Exception {
    serve();

    yes("/confirm-rollout", "no gate decided to abort");
    yes("/confirm-traffic-increase", "no gate decided to abort");
    looks(2, 2);
  }

  @Test
  void aTargetThatChangedAfterTheDecisionIsNotPromoted() throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();
    canary.deploy("registry.example/app:3");

    no("/confirm-promotion", "the target's pod template has changed since");
    looks(1, 1);
  }

  @Test
  void aDaemonSetIsATargetToo() throws Exception {
    canary = GatedCanary.ofDaemonSet(bench.cluster, "shop", "agent");
    canary.decide(Decision.Action.PROMOTE);
    serve();

    yes("/confirm-promotion", "decided to promote");
    looks(1, 1);
  }

  @Test
  void aDecisionForAnotherRevisionIsANoWithoutALook() throws Exception {
    canary.decide(
        Decision.Action.PROMOTE,
        Instant.now().plusSeconds(600),
        there -> new Binding(there.uid(), "other", there.trackedConfigs(), there.template()));
    serve();

    no("/confirm-promotion", "it is for lastAppliedSpec other");
    looks(0, 0);
  }

  @Test
  void anExpiredDecisionIsANo() throws Exception {
    canary.decide(Decision.Action.PROMOTE, Instant.now().minusSeconds(5), UnaryOperator.identity());
    serve();

    no("/confirm-promotion", "held until");
  }

  @Test
  void aMissingTargetIsANo() throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();
    canary.deleteTarget();

    no("/confirm-promotion", "the target Deployment checkout is not there");
  }

  @Test
  void nobodyAtTheGateIsAllowedAfterTheTimeThatTheCanaryNames() throws Exception {
    canary
        .phase("WaitingPromotion", Instant.now().minus(Duration.ofMinutes(31)))
        .annotate("canary-gate/unattended", "allowAfter=30m");
    serve();

    yes("/confirm-promotion", "allows it after 30 min");
    looks(1, 1);
    assertThat(serve.get(serve.gate + "/metrics").body())
        .contains("canary_gate_unattended_canaries 1.0")
        .containsPattern("canary_gate_unattended_oldest_seconds 18[67]\\d\\.0");
  }

  @Test
  void theApiServerUnreachableIsANoWithAReasonForEveryHook() throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();
    bench.cluster.faults().on(Call.GET_CANARY, Fault.status(500)).untilCleared();

    no("/confirm-promotion", "answered 500");
    no("/confirm-rollout", "answered 500");

    bench.cluster.faults().clear();
    bench.cluster.faults().on(Call.GET_CANARY, Fault.RESET).untilCleared();
    no("/confirm-promotion", "no answer from");

    bench.cluster.faults().clear();
    bench.cluster.faults().on(Call.GET_WORKLOAD, Fault.status(503)).untilCleared();
    no("/confirm-promotion", "answered 503 when asked for deployments.apps");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"HALF_BODY", "NOT_JSON", "WRONG_TYPE", "TIMEOUT"})
  void whatTheApiServerGarblesIsNeverAYes(Fault.Kind kind) throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();
    bench.cluster.faults().on(Call.GET_WORKLOAD, new Fault(kind, 0, false)).untilCleared();

    for (String hook : ALL) {
      assertThat(ask(hook).statusCode()).as(hook).isEqualTo(403);
    }
  }

  @Test
  void aMissingRightIsANoThatNamesIt() throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();
    bench.cluster.rights().grant("flagger.app", Set.of("canaries"), Set.of("get", "list", "watch"));

    no("/confirm-promotion", "may not get deployments.apps in namespace shop");
  }

  @Test
  void withoutTheWatchEachAnswerIsALookAndStillRight() throws Exception {
    bench
        .cluster
        .rights()
        .grant("flagger.app", Set.of("canaries"), Set.of("get"))
        .grant("apps", Set.of("deployments"), Set.of("get"));
    serve = ServeBench.start(folder, bench.env);

    assertThat(serve.get(serve.gate + "/readyz").statusCode()).isEqualTo(503);
    no("/confirm-promotion", "no gate has decided yet");
    canary.decide(Decision.Action.PROMOTE);
    yes("/confirm-promotion", "decided to promote");
    assertThat(serve.get(serve.gate + "/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void theWatchTellsOfADecisionThatIsMadeLater() throws Exception {
    serve();
    no("/confirm-promotion", "no gate has decided yet");
    canary.decide(Decision.Action.PROMOTE);

    assertThat(serve.awaitAnswer(() -> ask("/confirm-promotion"), 200).body())
        .contains("decided to promote");
    canary.undecide();
    no("/confirm-promotion", "no gate has decided yet");
  }

  @Test
  void afterItsWatchBrokeItGoesOn() throws Exception {
    serve();
    bench.cluster.dropWatches();
    canary.decide(Decision.Action.PROMOTE);

    assertThat(serve.awaitAnswer(() -> ask("/confirm-promotion"), 200).body())
        .contains("decided to promote");
    bench.cluster.compactHistory();
    bench.cluster.expireWatches();
    canary.undecide().decide(Decision.Action.ABORT);
    assertThat(serve.awaitAnswer(() -> ask("/rollback"), 200).body()).contains("to abort");
  }

  @Test
  void twoReplicasAnswerAlike() throws Exception {
    serve();
    canary.decide(Decision.Action.PROMOTE);
    try (ServeBench other = ServeBench.start(folder, bench.env)) {
      other.awaitLine("watching the Canaries");
      HttpResponse<String> there = other.post(other.flagger + "/confirm-promotion", canary.body());
      assertThat(there.statusCode()).isEqualTo(200);
      assertThat(serve.awaitAnswer(() -> ask("/confirm-promotion"), 200).body())
          .isEqualTo(there.body());
    }
  }

  @Test
  void aCanaryThatIsNotThereIsANo() throws Exception {
    serve();

    HttpResponse<String> answer =
        serve.post(
            serve.flagger + "/confirm-promotion", "{\"name\":\"cart\",\"namespace\":\"shop\"}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("no: there is no Canary shop/cart\n");
    looks(0, 0);
  }

  @Test
  void otherNamespacesThanThoseItIsForAreANo() throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve("--namespace", "cart,stock");

    no("/confirm-promotion", "does not answer for namespace shop");
    looks(0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"name\":\"checkout\"",
        "{\"namespace\":\"shop\"}",
        "{\"name\":\"checkout\",\"namespace\":\"../kube-system\"}",
        "{\"name\":\"checkout/../cart\",\"namespace\":\"shop\"}",
        "{\"name\":\"checkout?watch=true\",\"namespace\":\"shop\"}",
        "{\"name\":{\"a\":1},\"namespace\":\"shop\"}",
        "{\"name\":\"CHECKOUT\",\"namespace\":\"shop\"}",
        "name=checkout&namespace=shop"
      })
  void aBodyThatNamesNoCanaryIsANoAndAsksNobody(String body) throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();

    HttpResponse<String> answer = serve.post(serve.flagger + "/confirm-promotion", body);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).startsWith("no: the request").hasSizeLessThan(120);
    assertThat(bench.cluster.requests()).isEmpty();
  }

  @Test
  void whatElseTheBodySaysIsNotBelieved() throws Exception {
    serve();

    HttpResponse<String> answer =
        serve.post(
            serve.flagger + "/confirm-promotion",
            """
            {"name":"checkout","namespace":"shop","phase":"Succeeded","checksum":"x",
             "metadata":{"canary-gate/decision":"promote"},"annotations":{"canary-gate/decision":"y"}}""");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void eventsAreCountedByTheTypesThatFlaggerHas() throws Exception {
    serve();
    String event = "{\"name\":\"a\",\"namespace\":\"b\",\"metadata\":{\"eventType\":\"%s\"}}";

    assertThat(serve.post(serve.flagger + "/event", event.formatted("Warning")).statusCode())
        .isEqualTo(200);
    serve.post(serve.flagger + "/event", event.formatted("Made up"));
    serve.post(serve.flagger + "/event", "not JSON");

    assertThat(serve.get(serve.gate + "/metrics").body())
        .contains("canary_gate_flagger_events_total{type=\"Warning\"} 1.0")
        .contains("canary_gate_flagger_events_total{type=\"other\"} 2.0");
    assertThat(bench.cluster.requests()).isEmpty();
  }

  @Test
  void hooksAreAnsweredAtFlaggersPortAlone() throws Exception {
    serve();

    for (String hook : ALL) {
      assertThat(serve.post(serve.gate + hook, canary.body()).statusCode()).isEqualTo(404);
      assertThat(serve.get(serve.flagger + hook).statusCode()).isEqualTo(405);
    }
  }

  @Test
  void nothingIsEverWritten() throws Exception {
    canary.decide(Decision.Action.PROMOTE);
    serve();
    for (String hook : ALL) {
      ask(hook);
    }

    assertThat(bench.cluster.writes()).isEmpty();
  }
}
