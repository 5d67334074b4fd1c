package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SloAndTriggerTest {
  private static final String SLO = "/1/slos/checkout/s1";
  private static final String TRIGGER = "/1/triggers/__all__/t1";
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final Bench bench = new Bench(honeycomb);

  @AfterEach
  void close() {
    honeycomb.close();
  }

  private Bench slo(String result) {
    HoneycombSection.Reference reference = new HoneycombSection.Reference("checkout", "s1");
    return bench.add("slo " + result, new HoneycombSection(null, null, result, reference, null));
  }

  private Bench trigger(String fields) {
    honeycomb.document(
        TRIGGER, "{\"id\":\"t1\",\"name\":\"Slow\",\"frequency\":300," + fields + "}");
    return bench.add(
        "trigger",
        new HoneycombSection(
            null, null, null, null, new HoneycombSection.Reference("__all__", "t1")));
  }

  @ParameterizedTest
  @CsvSource({"compliance, 95.39", "budget_remaining, -7.73", "burn_rate, 0"})
  void aResultOfAnSloIsAValue(String result, double value) {
    honeycomb.document(
        SLO,
        "{\"name\":\"Fast\",\"compliance\":95.39,\"budget_remaining\":-7.73,\"burn_rate\":0,"
            + "\"status\":\"triggered\"}");
    Reading.Answer answer = slo(result).answer("slo " + result);
    assertThat(answer.values()).isEqualTo(Values.of(value));
    assertThat(answer.verdict()).isEmpty();
  }

  @Test
  void twoResultsOfOneSloAreOneRequest() {
    honeycomb.document(SLO, "{\"name\":\"Fast\",\"compliance\":95.39,\"budget_remaining\":1}");
    slo("compliance");
    slo("budget_remaining").measure();
    assertThat(honeycomb.asked("GET " + SLO)).hasSize(1);
  }

  @ParameterizedTest
  @DisplayName("M9: an SLO without result judges by itself")
  @CsvSource({
    "triggered, FAIL",
    "normal, PASS",
    "no_alerts, INCONCLUSIVE",
    "no_events, INCONCLUSIVE",
    "something_new, INCONCLUSIVE"
  })
  void theStateOfAnSloIsItsVerdict(String status, Grade grade) {
    honeycomb.document(SLO, "{\"name\":\"Fast\",\"status\":\"" + status + "\"}");
    assertThat(slo(null).answer("slo null").verdict()).contains(grade);
  }

  @Test
  void anUnknownSloIsAnErrorThatNamesIt() {
    assertThat(slo("compliance").failure("slo compliance")).contains("SLO 's1'", "404");
  }

  @Test
  void aRateLimitOnAnSloIsWaitedFor() {
    honeycomb.document(SLO, "{\"name\":\"Fast\",\"compliance\":1}");
    honeycomb.once("GET " + SLO, 429, "{}", "Retry-After", "9");
    slo("compliance");
    Reading.NotYet waits = (Reading.NotYet) bench.ask().get("slo compliance");
    assertThat(waits.lookAgain()).isEqualTo(Duration.ofSeconds(9));
    assertThat(bench.answer("slo compliance").values()).isEqualTo(Values.of(1));
  }

  @Test
  @DisplayName("M11: a triggered trigger fails at once")
  void aTriggeredTriggerFails() {
    bench.trafficSince = Optional.of(bench.now);
    assertThat(trigger("\"triggered\":true").answer("trigger").verdict()).contains(Grade.FAIL);
  }

  @Test
  @DisplayName("M11: not triggered counts from frequency + 1 min after the canary got its traffic")
  void notTriggeredCountsOnceTheCanaryWasSeen() {
    bench.trafficSince = Optional.of(bench.now);
    trigger("\"triggered\":false");
    Reading.NotYet waits = (Reading.NotYet) bench.ask().get("trigger");
    assertThat(waits.why()).contains("10:13:00");
    assertThat(waits.lookAgain()).as("it may trigger meanwhile").isEqualTo(Duration.ofSeconds(30));
    bench.now = Bench.START.plusSeconds(359);
    waits = (Reading.NotYet) bench.ask().get("trigger");
    assertThat(waits.lookAgain()).isEqualTo(Duration.ofSeconds(1));
    bench.now = Bench.START.plusSeconds(360);
    assertThat(bench.answer("trigger").verdict()).contains(Grade.PASS);
  }

  @Test
  @DisplayName("C1: where no rollout is waited for, not triggered counts at once")
  void withoutARolloutItCountsAtOnce() {
    bench.trafficSince = Optional.empty();
    assertThat(trigger("\"triggered\":false").answer("trigger").verdict()).contains(Grade.PASS);
  }

  @ParameterizedTest
  @DisplayName("M11: a disabled trigger is no evidence")
  @ValueSource(strings = {"true", "false"})
  void aDisabledTriggerIsNoEvidence(String triggered) {
    trigger("\"disabled\":true,\"triggered\":" + triggered);
    assertThat(bench.answer("trigger").verdict()).contains(Grade.INCONCLUSIVE);
    assertThat(bench.answer("trigger").detail()).contains("disabled");
  }

  @Test
  void aTriggerThatDoesNotSayIsNoEvidence() {
    assertThat(trigger("\"x\":1").answer("trigger").verdict()).contains(Grade.INCONCLUSIVE);
  }

  /** The clock stands at 10:07 UTC on a Wednesday. */
  @ParameterizedTest
  @DisplayName("M11: outside its schedule a trigger is no evidence")
  @CsvSource({
    "wednesday, 09:00, 17:00, PASS",
    "wednesday, 9:00, 10:08, PASS",
    "wednesday, 09:00, 10:07, INCONCLUSIVE",
    "wednesday, 10:08, 17:00, INCONCLUSIVE",
    "thursday, 09:00, 17:00, INCONCLUSIVE",
    "tuesday, 22:00, 11:00, PASS",
    "tuesday, 22:00, 10:00, INCONCLUSIVE",
    "wednesday, 22:00, 11:00, INCONCLUSIVE",
    "noday, 09:00, 17:00, INCONCLUSIVE",
    "wednesday, 900, 17:00, INCONCLUSIVE"
  })
  void outsideItsScheduleATriggerIsNoEvidence(String day, String from, String to, Grade grade) {
    bench.trafficSince = Optional.of(bench.now.minusSeconds(3600));
    trigger("\"triggered\":false," + schedule(day, from, to));
    assertThat(bench.answer("trigger").verdict()).contains(grade);
  }

  private static String schedule(String day, String from, String to) {
    return "\"evaluation_schedule_type\":\"window\",\"evaluation_schedule\":{\"window\":{"
        + "\"days_of_week\":[\""
        + day
        + "\"],\"start_time\":\""
        + from
        + "\",\"end_time\":\""
        + to
        + "\"}}";
  }

  @Test
  void aScheduleThatHasJustOpenedHasNotSeenTheCanary() {
    bench.trafficSince = Optional.of(bench.now.minusSeconds(3600));
    trigger("\"triggered\":false," + schedule("wednesday", "10:05", "17:00"));
    Reading.NotYet waits = (Reading.NotYet) bench.ask().get("trigger");
    assertThat(waits.why()).contains("10:11:00");
  }

  @Test
  void theWindowOfAScheduleThatIsNotInForceIsNotLookedAt() {
    trigger(
        "\"triggered\":false,"
            + schedule("sunday", "01:00", "02:00").replace("\"window\",", "\"frequency\","));
    assertThat(bench.answer("trigger").verdict()).contains(Grade.PASS);
  }
}
