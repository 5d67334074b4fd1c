package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D0, A1: looks and sends that fail")
class LookAndSendFailuresTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private LookException fails() {
    return catchThrowableOfType(
        LookException.class,
        () -> stage.driver.look(new Question(stage.now, stage.fence, stage.intent, stage.memory)));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void whatMayPassIsLookedAtAgain(int code) {
    stage.shows(canary());
    stage.api.answerNext(code, "busy", Map.of("Retry-After", "7"));
    LookException e = fails();
    assertThat(e.kind()).isEqualTo(LookException.Kind.TRANSIENT);
    assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(stage.api.requests).as("the engine alone tries again").hasSize(1);
  }

  @Test
  void aConnectionThatBreaksIsLookedAtAgain() {
    // Java's own client repeats a GET whose connection breaks; a patch it does not.
    for (int i = 0; i < 8; i++) {
      stage.api.answerNext(0, "");
    }
    LookException e = fails();
    assertThat(e.kind()).isEqualTo(LookException.Kind.TRANSIENT);
    assertThat(e.getMessage()).startsWith("no answer from http://127.0.0.1");
  }

  @Test
  void anAnswerThatIsNoJsonIsLookedAtAgain() {
    stage.api.answerNext(200, "<html>log in</html>");
    LookException e = fails();
    assertThat(e.kind()).isEqualTo(LookException.Kind.TRANSIENT);
    assertThat(e.getMessage()).contains("not what was asked for").doesNotContain("log in");
  }

  @Test
  void anExpiredTokenSaysSo() {
    stage.api.answerNext(401, FakeApi.status("Unauthorized", "Unauthorized", ""));
    stage.api.answerNext(401, FakeApi.status("Unauthorized", "Unauthorized", ""));
    LookException e = fails();
    assertThat(e.kind()).isEqualTo(LookException.Kind.DENIED);
    assertThat(e.getMessage()).contains("token has expired").contains("renew it");
  }

  @Test
  void aMissingRightIsNamed() {
    stage.api.answerNext(403, FakeApi.status("Forbidden", "no", "checkout"));
    LookException e = fails();
    assertThat(e.kind()).isEqualTo(LookException.Kind.DENIED);
    assertThat(e.getMessage())
        .contains("get rollouts.argoproj.io in namespace shop")
        .contains("canary-gate plan");
  }

  @Test
  void aMissingRightToListReplicaSetsIsNamed() {
    stage.shows(canary());
    String rollout = stage.api.get(Stage.PATH).toString();
    stage.api.answerNext(200, rollout);
    stage.api.answerNext(403, FakeApi.status("Forbidden", "no", ""));
    assertThat(fails().getMessage()).contains("list replicasets.apps in namespace shop");
  }

  @Test
  void aKindThatIsNotServedIsNotAMissingObject() {
    stage.api.notServed();
    LookException e = fails();
    assertThat(e.kind()).isEqualTo(LookException.Kind.DENIED);
    assertThat(e.getMessage()).contains("does not serve rollouts.argoproj.io/v1alpha1");
  }

  @Test
  void aMissingObjectIsAbsent() {
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.ABSENT);
    assertThat(seen.uid()).isEmpty();
    assertThat(seen.settled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "409, CONFLICT",
    "401, REFUSED",
    "403, REFUSED",
    "404, REFUSED",
    "422, REFUSED",
    "400, REFUSED",
    "429, BUSY",
    "503, BUSY",
    "500, UNKNOWN",
    "502, UNKNOWN",
    "504, UNKNOWN"
  })
  void anAnswerToAPatchMeansWhatItSays(int code, Receipt.Result result) {
    Write write = write();
    stage.api.answerNext(code, FakeApi.status("X", "because", ""));
    stage.api.answerNext(code, FakeApi.status("X", "because", ""));
    Receipt receipt = stage.driver.send(write);
    assertThat(receipt.result()).isEqualTo(result);
    assertThat(receipt.message()).isNotEmpty().doesNotContain("\n");
    if (code != 401) {
      assertThat(stage.api.patches()).as("no patch is repeated silently").hasSize(1);
    }
  }

  @Test
  void aPatchWithoutAnswerIsUnknownAndNotRepeated() {
    Write write = write();
    stage.api.answerNext(0, "");
    assertThat(stage.driver.send(write).result()).isEqualTo(Receipt.Result.UNKNOWN);
    assertThat(stage.api.patches()).hasSize(1);
  }

  @Test
  void aMissingRightToPatchIsNamed() {
    Write write = write();
    stage.api.answerNext(403, FakeApi.status("Forbidden", "no", ""));
    assertThat(stage.driver.send(write).message())
        .contains("patch rollouts/status.argoproj.io in namespace shop");
  }

  private Write write() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    Write write = stage.driver.next(stage.intent.orElseThrow(), stage.look()).orElseThrow();
    stage.api.requests.clear();
    return write;
  }
}
