package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Before each measurement it is asked whether the gate may still make it. */
class GuardedSourceTest {
  private static final Reading.Answer GOOD = Reading.Answer.judged(Grade.PASS, "");

  private final Map<String, String> against = new HashMap<>();
  private final Recorder recorder = new Recorder();
  private final GuardedSource source =
      new GuardedSource(
          recorder, Set.of("errors", "latency"), check -> Optional.ofNullable(against.get(check)));

  private Map<String, Reading> measure(String... checks) {
    List<EvidenceRequest> requests = new ArrayList<>();
    for (String check : checks) {
      requests.add(
          new EvidenceRequest(check, Optional.empty(), Instant.EPOCH, Optional.of("a ticket")));
    }
    return source.measure(requests, null);
  }

  @Test
  void whatIsAllowedIsMeasuredTogether() {
    assertThat(measure("errors", "latency"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("errors", GOOD, "latency", GOOD));
    assertThat(recorder.measured).containsExactly(Set.of("errors", "latency"));
  }

  @Test
  void whatIsNotAllowedAnyMoreIsAnErrorAndIsNotAskedFor() {
    against.put("errors", "no longer allowed");

    assertThat(measure("errors", "latency"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("errors", Reading.Failed.because("no longer allowed"), "latency", GOOD));
    assertThat(recorder.measured).containsExactly(Set.of("latency"));
  }

  @Test
  void whereNothingIsAllowedTheSourceIsNotAskedAtAll() {
    against.put("errors", "no longer allowed");

    measure("errors");

    assertThat(recorder.measured).isEmpty();
  }

  @Test
  void whatIsAllowedAgainIsMeasuredAgain() {
    against.put("errors", "no longer allowed");
    measure("errors");
    against.clear();

    assertThat(measure("errors")).containsEntry("errors", GOOD);
  }

  @Test
  void nothingIsPreparedForAGateOfWhichOneCheckIsNotAllowed() {
    against.put("latency", "no longer allowed: ask somebody");

    assertThat(source.prepare(null))
        .isEqualTo(
            new Preparation(
                Preparation.State.REFUSED, "check 'latency': no longer allowed: ask somebody"));
    assertThat(recorder.prepared).isZero();

    against.clear();
    assertThat(source.prepare(null)).isEqualTo(Preparation.READY);
  }

  @Test
  void whatWasMadeWhileItWasAllowedIsTakenBackAllTheSame() {
    against.put("errors", "no longer allowed");

    source.abandon(
        new EvidenceRequest("errors", Optional.empty(), Instant.EPOCH, Optional.of("a ticket")),
        null);

    assertThat(recorder.takenBack).containsExactly("errors");
  }

  @Test
  void nobodyIsToldWhoMayNotBeAsked() throws Exception {
    List<String> told = new ArrayList<>();
    Announcer announcer =
        new GuardedAnnouncer(
            new Announcer() {
              @Override
              public Optional<String> open(String message, Instant at) {
                told.add(message);
                return Optional.of("ticket");
              }

              @Override
              public void close(String ticket, String message, Instant at) {
                told.add(message);
              }
            },
            () -> Optional.ofNullable(against.get("honeycomb")));
    announcer.open("begins", Instant.EPOCH);
    against.put("honeycomb", "no longer allowed");

    assertThatThrownBy(() -> announcer.close("ticket", "ends", Instant.EPOCH))
        .isInstanceOf(Announcer.AnnounceException.class)
        .hasMessage("no longer allowed");
    assertThatThrownBy(() -> announcer.open("begins again", Instant.EPOCH))
        .hasMessage("no longer allowed");
    assertThat(told).containsExactly("begins");

    against.clear();
    announcer.close("ticket", "ends", Instant.EPOCH);
    assertThat(told).containsExactly("begins", "ends");
  }

  /** Says that everything is good, and remembers what it was asked. */
  private static final class Recorder implements EvidenceSource {
    private final List<Set<String>> measured = new ArrayList<>();
    private final List<String> takenBack = new ArrayList<>();
    private int prepared;

    @Override
    public Preparation prepare(EvidenceContext context) {
      prepared++;
      return Preparation.READY;
    }

    @Override
    public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
      measured.add(requests.stream().map(EvidenceRequest::check).collect(Collectors.toSet()));
      return requests.stream().collect(Collectors.toMap(EvidenceRequest::check, request -> GOOD));
    }

    @Override
    public void abandon(EvidenceRequest request, EvidenceContext context) {
      takenBack.add(request.check());
    }
  }
}
