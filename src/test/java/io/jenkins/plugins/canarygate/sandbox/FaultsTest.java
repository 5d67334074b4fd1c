package io.jenkins.plugins.canarygate.sandbox;

import static io.jenkins.plugins.canarygate.sandbox.Step.pause;
import static io.jenkins.plugins.canarygate.sandbox.Step.setWeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults show when and as they were laid. */
class FaultsTest {
  private static final String CHECKOUT =
      "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/checkout";
  private static final String ABORT = "{'status':{'abort':true}}";

  private final SandboxCluster cluster =
      new SandboxCluster(new VirtualClock(Instant.parse("2026-03-01T10:00:00Z")));
  private final Http http = Http.of(cluster);
  private SandboxRollout rollout;

  @BeforeEach
  void aRolloutWaits() {
    rollout =
        cluster
            .rollout("shop", "checkout")
            .canary()
            .steps(setWeight(20), pause())
            .create()
            .deploy("registry.example/app:2");
    cluster.forgetRequests();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 409, 422, 429, 500, 503})
  void aStatusComesInTheShapeOfTheApiServer(int status) throws Exception {
    cluster.faults().on(Call.GET_ROLLOUT, Fault.status(status));

    Http.Reply reply = http.get(CHECKOUT);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("kind").asText()).isEqualTo("Status");
    assertThat(reply.json().path("code").asInt()).isEqualTo(status);
    assertThat(http.get(CHECKOUT).status()).isEqualTo(200);
  }

  @Test
  void aFaultShowsAsOftenAsItWasToldAndForOneKindOfCall() throws Exception {
    cluster.faults().on(Call.GET_ROLLOUT, Fault.status(503)).afterCalls(1).times(2);

    assertThat(http.get(CHECKOUT).status()).isEqualTo(200);
    assertThat(http.get(CHECKOUT).status()).isEqualTo(503);
    assertThat(http.get("/version").status()).isEqualTo(200);
    assertThat(http.get(CHECKOUT).status()).isEqualTo(503);
    assertThat(http.get(CHECKOUT).status()).isEqualTo(200);
  }

  @Test
  void aFaultStaysUntilItIsCleared() throws Exception {
    cluster.faults().on(Call.GET_ROLLOUT, Fault.status(500)).untilCleared();
    for (int i = 0; i < 5; i++) {
      assertThat(http.get(CHECKOUT).status()).isEqualTo(500);
    }

    cluster.faults().clear();

    assertThat(http.get(CHECKOUT).status()).isEqualTo(200);
  }

  @Test
  void aWriteThatIsRefusedHasNoEffect() throws Exception {
    JsonNode before = rollout.object();
    cluster.faults().on(Call.PATCH_STATUS, Fault.status(503));

    assertThat(http.merge(CHECKOUT + "/status", ABORT).status()).isEqualTo(503);

    assertThat(rollout.object()).isEqualTo(before);
  }

  @Test
  void aWriteWhoseAnswerIsLostHasTakenEffect() {
    cluster.faults().on(Call.PATCH_STATUS, Fault.RESET.afterCarryingItOut());

    assertThatThrownBy(() -> http.merge(CHECKOUT + "/status", ABORT))
        .isInstanceOf(IOException.class);

    assertThat(rollout.phase()).isEqualTo("Degraded");
    assertThat(cluster.writes()).singleElement().extracting("status").isEqualTo(0);
  }

  @Test
  void aTimeoutGivesNoAnswer() {
    cluster.faults().on(Call.PATCH_STATUS, Fault.TIMEOUT);

    assertThatThrownBy(() -> http.merge(CHECKOUT + "/status", ABORT))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(rollout.phase()).isEqualTo("Paused");
  }

  @Test
  void halfABodyBreaksOff() {
    cluster.faults().on(Call.GET_ROLLOUT, Fault.HALF_BODY);

    assertThatThrownBy(() -> http.get(CHECKOUT)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoJsonOrOfTheWrongTypeComesWithStatus200() throws Exception {
    cluster.faults().on(Call.GET_ROLLOUT, Fault.NOT_JSON);
    cluster.faults().on(Call.GET_ROLLOUT, Fault.WRONG_TYPE);

    assertThat(http.get(CHECKOUT).response().body()).startsWith("<html>");
    assertThat(http.get(CHECKOUT).json().isArray()).isTrue();
  }

  @Test
  void aHugeBodyIsHuge() throws Exception {
    cluster.faults().on(Call.GET_ROLLOUT, Fault.HUGE_BODY);

    assertThat(http.get(CHECKOUT).response().body()).hasSizeGreaterThan(60_000_000);
  }
}
