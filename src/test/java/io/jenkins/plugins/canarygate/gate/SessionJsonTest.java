package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("S1: the session as JSON")
class SessionJsonTest {

  @Test
  void aGateThatWasSavedWhileJudgingGoesOnFromThere() {
    GateSession saved = fixture("v1-judging.json");
    Instant now = saved.clock().now().plus(Duration.ofSeconds(30));
    GateEngine engine = new GateEngine(spec());

    Step resumed = Steps.take(engine, saved, at(now), new Seen.Began());
    assertThat(resumed.todos()).contains(new Todo.Look());
    assertThat(resumed.session().point().orElseThrow().checks().get(0).measurements()).hasSize(1);

    GateSession session = resumed.session();
    for (int i = 0; i < 2; i++) {
      now = now.plus(Duration.ofMinutes(1));
      session = Steps.take(engine, session, at(now), new Seen.Time()).session();
      Seen good = new Seen.Measured(Map.of("error rate", Reading.Answer.of(Values.of(0.002))));
      session = Steps.take(engine, session, at(now), good).session();
    }
    assertThat(session.point().flatMap(PointRun::decision).orElseThrow().verdict())
        .isEqualTo(Verdict.PASS);
    Step acting = Steps.take(engine, session, at(now), new Seen.Looked(atThePoint(now)));
    assertThat(acting.session().intent().orElseThrow().action()).isEqualTo(Action.PROMOTE);
  }

  @Test
  void aGateThatWasSavedInTheMiddleOfAPromotionReadsItBack() {
    GateSession saved = fixture("v1-promoting.json");
    assertThat(saved.intent().orElseThrow().action()).isEqualTo(Action.PROMOTE);
    GateEngine engine = new GateEngine(spec());
    Instant now = saved.clock().now().plus(Duration.ofSeconds(30));

    Step resumed = Steps.take(engine, saved, at(now), new Seen.Began());
    assertThat(resumed.todos()).containsExactly(new Todo.Look());
    Observation landed = Looks.advanced().drift(Drift.MOVED_ON).effect(Effect.IN_EFFECT).build(now);
    Step ended = Steps.take(engine, resumed.session(), at(now), new Seen.Looked(landed));
    assertThat(ended.session().ending().orElseThrow().exitCode()).isZero();
    assertThat(ended.session().actions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1-judging.json", "v1-promoting.json"})
  void whatWasSavedIsKeptAsItWas(String name) {
    GateSession session = fixture(name);
    assertThat(SessionJson.read(SessionJson.write(session))).isEqualTo(session);
  }

  @Test
  void aSessionOfBeforeThereWereSeriesGoesOnWithoutOne() {
    String json = text("v1-judging.json");
    assertThat(json).doesNotContain("series");
    assertThat(SessionJson.read(json).point().orElseThrow().checks().get(0).measurements())
        .isNotEmpty()
        .allSatisfy(measurement -> assertThat(measurement.series()).isEmpty());
  }

  @Test
  void unknownFieldsArePassedOver() {
    String json = text("v1-judging.json");
    String more = "{\"mood\": {\"of\": [\"the\", \"day\"]}, " + json.stripLeading().substring(1);
    assertThat(SessionJson.read(more)).isEqualTo(SessionJson.read(json));
  }

  @Test
  void aNewerFormIsRefusedWithWhatToDo() {
    String json = text("v1-judging.json").replaceFirst("\"version\"\\s*:\\s*1", "\"version\": 2");
    assertThatThrownBy(() -> SessionJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("form 2, known up to 1")
        .hasMessageContaining("go on with that version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "42",
        "\"text\"",
        "{}",
        "{\"version\": \"1\"}",
        "{\"version\": 1.5}",
        "{\"version\": 0}",
        "{\"version\": -1}",
        "{\"kind\": \"Gate\"}"
      })
  void whatIsNoSessionIsRefusedWithWhatToDo(String json) {
    assertThatThrownBy(() -> SessionJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no saved session")
        .hasMessageContaining("begin anew");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "not JSON",
        "{\"version\": 1}",
        "{\"version\": 1, \"points\": [], \"actions\": [], \"troubles\": [], \"timeline\": []}",
        "{\"version\": 1, \"phase\": \"DANCING\"}"
      })
  void whatCannotBeReadIsRefusedWithWhatToDo(String json) {
    assertThatThrownBy(() -> SessionJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining("begin anew");
  }

  @Test
  void aFileThatWasCutOffIsRefused() {
    String json = text("v1-judging.json");
    assertThatThrownBy(() -> SessionJson.read(json.substring(0, json.length() / 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"phase", "id", "digest", "started", "startBy", "endBy", "clock", "lookDue"})
  void aSessionWithoutWhatItNeedsIsRefused(String field) {
    String json = text("v1-judging.json").replace("\"" + field + "\"", "\"was " + field + "\"");
    assertThatThrownBy(() -> SessionJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining(field);
  }

  /** The gate that the sessions were saved of. */
  private static GateSpec spec() {
    return GateSpecs.gate().checks(GateSpecs.check(GateSpecs.ERRORS, 3)).build();
  }

  private static Observation atThePoint(Instant now) {
    return Looks.atGatePoint().build(now);
  }

  private static Moment at(Instant now) {
    return new Moment(now, 60_000 + now.toEpochMilli(), "boot-2");
  }

  private static GateSession fixture(String name) {
    return SessionJson.read(text(name));
  }

  private static String text(String name) {
    try (InputStream in = SessionJsonTest.class.getResourceAsStream("/sessions/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
