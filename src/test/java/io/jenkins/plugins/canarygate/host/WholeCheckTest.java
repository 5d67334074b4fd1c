package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.Subject;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.GateEngine;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C1: the real engine, measuring and judging in virtual time")
class WholeCheckTest {
  private final VirtualTime time = new VirtualTime();
  private final GateHost host =
      new GateHost(time.parts(WakeUps.none()), spec -> new GateEngine(spec)::step);
  private final List<Duration> measuredAfter = new ArrayList<>();

  private static GateSpec spec() {
    GateSpec plain = Samples.spec("d1", Mode.CHECK);
    Check errors =
        new Check(
            "errors",
            "a test",
            new Criteria(
                List.of(Criteria.Entry.of(Subject.VALUE, Criterion.parse("> 1%"))),
                List.of(),
                List.of()),
            new Schedule(Duration.ZERO, Duration.ofMinutes(1), 5, 0, 0, 4),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            1,
            false,
            false,
            false);
    return new GateSpec(
        plain.name(),
        plain.digest(),
        plain.parameters(),
        plain.mode(),
        plain.target(),
        false,
        List.of(errors),
        plain.score(),
        plain.policy(),
        plain.timeouts(),
        false,
        plain.byHand(),
        plain.commands());
  }

  private RunningGate check(double value) {
    Instant begin = time.wall();
    EvidenceSource source =
        new EvidenceSource() {
          @Override
          public Preparation prepare(EvidenceContext context) {
            return Preparation.READY;
          }

          @Override
          public Map<String, Reading> measure(
              List<EvidenceRequest> requests, EvidenceContext context) {
            measuredAfter.add(Duration.between(begin, context.now()));
            Map<String, Reading> readings = new HashMap<>();
            requests.forEach(
                request -> readings.put(request.check(), Reading.Answer.of(Values.of(value))));
            return readings;
          }
        };
    GateSpec spec = spec();
    return host.start(
        new GateJob(
            spec,
            GateSession.begin(spec, "gate-1", time.now()),
            Optional.empty(),
            Optional.empty(),
            Map.of("errors", source),
            Optional.empty(),
            new MemorySessionStore(),
            GateListener.NONE,
            Optional.empty()));
  }

  @Test
  void fiveGoodMinutesPassAtTheMinutesThatWereAsked() {
    RunningGate gate = check(0.001);

    time.advance(Duration.ofMinutes(5));

    assertThat(measuredAfter).hasSize(5).startsWith(Duration.ZERO);
    for (int number = 1; number < 5; number++) {
      assertThat(measuredAfter.get(number).minus(measuredAfter.get(number - 1)))
          .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(61));
    }
    assertThat(gate.done())
        .isCompletedWithValueMatching(
            session -> session.ending().orElseThrow().verdict() == Verdict.PASS);
  }

  @Test
  @DisplayName("D1: the first FAIL decides at once and stops measuring")
  void aBadOneFailsAtOnce() {
    RunningGate gate = check(0.5);

    time.advance(Duration.ofMinutes(5));

    assertThat(measuredAfter).containsExactly(Duration.ZERO);
    assertThat(gate.done())
        .isCompletedWithValueMatching(
            session -> session.ending().orElseThrow().verdict() == Verdict.FAIL);
    assertThat(time.timersSet()).isZero();
  }
}
