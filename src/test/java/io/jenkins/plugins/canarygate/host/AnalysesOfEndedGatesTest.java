package io.jenkins.plugins.canarygate.host;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnGate;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSource;
import io.jenkins.plugins.canarygate.gate.GateEngine;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the Analysis that a gate has created when the gate ends before Keptn has. */
class AnalysesOfEndedGatesTest {
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Timeouts TIMEOUTS = new Timeouts(SHORT, SHORT);

  private final VirtualTime time = new VirtualTime();
  private final SandboxCluster cluster = new SandboxCluster(time::wall);
  private final SandboxKeptn keptn = cluster.keptn("v1");
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder(Config.empty())
                  .withMasterUrl(cluster.url())
                  .withOauthToken(cluster.token())
                  .withRequestTimeout(5000)
                  .withRequestRetryBackoffLimit(0)
                  .build())
          .build();
  private final SessionStore store = new MemorySessionStore();
  private boolean keep;

  @BeforeEach
  void keptnThatNeverGetsRoundToIt() {
    keptn
        .provider("prometheus", "prometheus")
        .template("errors", "prometheus", "errors")
        .definition("checkout", 90, 50, objective("errors", "0.05", "0.01"));
    cluster.keptn().stop();
  }

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  private RunningGate begin() {
    return begin(host(), Map.of(), Optional.empty());
  }

  private GateHost host() {
    return new GateHost(time.parts(WakeUps.none()), spec -> new GateEngine(spec)::step);
  }

  private RunningGate begin(
      GateHost host, Map<String, EvidenceSource> more, Optional<GateSession> from) {
    Check objectives = check("objectives");
    KeptnSection section =
        new KeptnSection(
            null,
            new KeptnSection.Analysis(
                "shop", null, "checkout", null, Duration.ofMinutes(1), Map.of()),
            null,
            null,
            keep,
            null);
    List<Check> checks = new ArrayList<>(List.of(objectives));
    more.keySet().forEach(name -> checks.add(check(name)));
    Map<String, EvidenceSource> sources = new HashMap<>(more);
    sources.put(
        "objectives",
        new KeptnSource(
            client,
            new KeptnGate(
                "checkout",
                "checkout.0123456789ab",
                Map.of("objectives", section),
                Map.of("objectives", objectives),
                Map.of(),
                new KeptnGate.Use(true, false)),
            ""));
    GateSpec spec = spec(checks);
    RunningGate gate =
        host.start(
            new GateJob(
                spec,
                from.orElseGet(() -> GateSession.begin(spec, "gate-1", time.now())),
                Optional.empty(),
                Optional.empty(),
                sources,
                Optional.empty(),
                store,
                GateListener.NONE,
                Optional.empty()));
    time.runUntilIdle();
    return gate;
  }

  private static GateSpec spec(List<Check> checks) {
    GateSpec plain = Samples.spec("d1", Mode.CHECK);
    return new GateSpec(
        plain.name(),
        plain.digest(),
        plain.parameters(),
        plain.mode(),
        plain.target(),
        false,
        checks,
        plain.score(),
        plain.policy(),
        TIMEOUTS,
        false,
        plain.byHand(),
        plain.commands());
  }

  private static Check check(String name) {
    return new Check(
        name,
        "a test",
        Criteria.NONE,
        new Schedule(Duration.ZERO, Duration.ofMinutes(1), 1, 0, 0, 4),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        1,
        false,
        false,
        false);
  }

  private static void assertVerdict(RunningGate gate, Verdict verdict) {
    assertThat(gate.done())
        .isCompletedWithValueMatching(
            session -> session.ending().orElseThrow().verdict() == verdict, "ends " + verdict);
  }

  @Test
  void itIsDeletedWhenTheGateIsCancelled() {
    RunningGate gate = begin();
    assertThat(keptn.analyses()).hasSize(1);

    gate.cancel("SIGTERM");
    time.runUntilIdle();

    assertVerdict(gate, Verdict.CANCELLED);
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void itIsDeletedWhenTheTimeOfTheGateIsUp() {
    RunningGate gate = begin();

    time.advance(SHORT);
    assertThat(gate.session().ended()).isTrue();
    time.runUntilIdle();

    assertVerdict(gate, Verdict.TIMEOUT);
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void itIsDeletedWhenAnotherCheckHasFailedTheGate() {
    EvidenceSource bad =
        new EvidenceSource() {
          @Override
          public Preparation prepare(EvidenceContext context) {
            return Preparation.READY;
          }

          @Override
          public Map<String, Reading> measure(
              List<EvidenceRequest> requests, EvidenceContext context) {
            return Map.of("bad", Reading.Answer.judged(Grade.FAIL, "bad"));
          }
        };

    RunningGate gate = begin(host(), Map.of("bad", bad), Optional.empty());

    assertVerdict(gate, Verdict.FAIL);
    assertThat(cluster.writes()).extracting(write -> write.method()).contains("POST", "DELETE");
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void itStaysWhereTheFileSaysKeep() {
    keep = true;
    RunningGate gate = begin();

    gate.cancel("SIGTERM");
    time.runUntilIdle();

    assertVerdict(gate, Verdict.CANCELLED);
    assertThat(keptn.analyses()).hasSize(1);
  }

  @Test
  void itIsDeletedByAProcessThatOnlyCancelsWhatAnotherOneBegan() {
    GateHost first = host();
    RunningGate begun = begin(first, Map.of(), Optional.empty());
    GateSession left = begun.session();
    first.close();
    assertThat(keptn.analyses()).hasSize(1);

    RunningGate gate =
        begin(host(), Map.of(), Optional.of(left.cancelled("canary-gate cancel", time.wall())));

    assertVerdict(gate, Verdict.CANCELLED);
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void itChangesNothingOfTheVerdictWhereItCannotBeDeleted() {
    RunningGate gate = begin();
    cluster.faults().on(Call.DELETE, Fault.status(503)).untilCleared();

    gate.cancel("SIGTERM");
    time.runUntilIdle();

    assertVerdict(gate, Verdict.CANCELLED);
    assertThat(keptn.analyses()).hasSize(1);
  }

  @Test
  void itIsDeletedWhereALookAtItHasFailedAndAnotherOneIsCreated() {
    begin();
    String first = keptn.analyses().get(0).at("/metadata/name").asText();
    cluster.faults().on(Call.GET_OTHER, Fault.status(503)).times(1);

    time.advance(Duration.ofSeconds(20));

    assertThat(keptn.analyses())
        .singleElement()
        .satisfies(
            analysis -> assertThat(analysis.at("/metadata/name").asText()).isNotEqualTo(first));
  }
}
