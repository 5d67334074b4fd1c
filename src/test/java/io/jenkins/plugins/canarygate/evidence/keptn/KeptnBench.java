package io.jenkins.plugins.canarygate.evidence.keptn;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.Subject;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.check.WindowRule;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Metric;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.VirtualClock;
import io.jenkins.plugins.canarygate.sandbox.keptn.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One check of Keptn against a cluster with Keptn behind it, over HTTP, on a clock of its own. */
final class KeptnBench implements AutoCloseable {
  static final String CHECK = "objectives";
  static final String ROLES = "so it is said who grants it";
  static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  /** A window that is over, and whose end has arrived. */
  static final Window WINDOW =
      new Window(START.minus(Duration.ofMinutes(6)), START.minus(Duration.ofMinutes(1)));

  static final String ERRORS = "errors{deployment=\"checkout\"}";
  static final String LATENCY = "latency{deployment=\"checkout\"} @ end()";

  final VirtualClock clock = new VirtualClock(START);
  final SandboxCluster cluster = new SandboxCluster(clock);
  final KubernetesClient client;
  SandboxKeptn keptn = cluster.keptn("v1");
  KeptnSection section = analysis(Map.of("workload", "checkout"));
  String gateName = "checkout";
  String gateId = "checkout.0123456789ab";
  boolean writes = true;
  boolean clamps = true;
  Optional<Instant> trafficSince = Optional.of(START.minus(Duration.ofMinutes(20)));
  Optional<Window> window = Optional.of(WINDOW);
  Instant askedSince = START;
  Set<Cohort> cohorts = Set.of();
  int count = 1;
  Map<Cohort, CohortNames> names =
      Map.of(
          Cohort.CANARY, new CohortNames("7c9d", "checkout-7c9d-.*"),
          Cohort.STABLE, new CohortNames("55b4", "checkout-55b4-.*"));

  KeptnBench() {
    Config config = Config.empty();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(config)
                    .withMasterUrl(cluster.url())
                    .withOauthToken(cluster.token())
                    .withRequestTimeout(5000)
                    .build())
            .build();
    answers().value(ERRORS, "0.001").value(LATENCY, "0.2");
    world();
  }

  /** A definition of two objectives, the first of which is key and counts twice. */
  private void world() {
    keptn
        .provider("prometheus", "prometheus")
        .template("errors", "prometheus", "errors{deployment=\"{{.workload}}\"}")
        .template("latency", "prometheus", "latency{deployment=\"{{ .workload }}\"} @ end()")
        .definition(
            "checkout",
            90,
            60,
            objective("errors", "0.05", "0.01") + ",'weight':2,'keyObjective':true",
            objective("latency", "500m", "300m"));
  }

  /** The same cluster with Keptn in another version. */
  void version(String version) {
    keptn = cluster.keptn(version);
    world();
  }

  Answers answers() {
    return cluster.keptn().answers();
  }

  static KeptnSection analysis(Map<String, String> args) {
    return new KeptnSection(
        null, new Analysis("shop", null, "checkout", null, null, args), null, null, null, null);
  }

  KeptnBench recent(Duration recent) {
    Analysis asked = section.analysis();
    section =
        with(new Analysis(asked.namespace(), null, asked.definition(), null, recent, asked.args()));
    window = Optional.empty();
    return this;
  }

  KeptnBench existing(String name) {
    section = with(new Analysis("shop", name, null, null, null, null));
    window = Optional.empty();
    return this;
  }

  KeptnBench with(Boolean keep, Boolean zeroIsData) {
    section =
        new KeptnSection(
            section.metric(),
            section.analysis(),
            section.maxAge(),
            section.timeout(),
            keep,
            zeroIsData);
    return this;
  }

  private KeptnSection with(Analysis asked) {
    return new KeptnSection(
        null, asked, null, section.timeout(), section.keep(), section.zeroIsData());
  }

  KeptnBench metric(String name) {
    section = new KeptnSection(new Metric("shop", name), null, null, null, null, null);
    window = Optional.empty();
    return this;
  }

  KeptnGate gate() {
    Criteria criteria =
        section.metric() == null
            ? Criteria.NONE
            : new Criteria(
                List.of(Criteria.Entry.of(Subject.VALUE, Criterion.parse("> 0.3"))),
                List.of(),
                List.of());
    Check check =
        new Check(
            CHECK,
            section.describe(),
            criteria,
            new Schedule(Duration.ZERO, Duration.ofMinutes(1), count, 0, 0, 4),
            window.map(w -> new WindowRule(w.length(), KeptnSection.LAG, Duration.ofSeconds(1))),
            Optional.empty(),
            cohorts,
            1,
            false,
            false,
            false);
    return new KeptnGate(
        gateName,
        gateId,
        Map.of(CHECK, section),
        Map.of(CHECK, check),
        Map.of(),
        new KeptnGate.Use(writes, clamps));
  }

  private EvidenceContext context() {
    return new EvidenceContext(
        clock.instant(),
        trafficSince,
        names,
        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());
  }

  Preparation prepare() {
    return new KeptnSource(client, gate(), ROLES).prepare(context());
  }

  List<Finding> plan() {
    return new KeptnPreflight(client, gate(), ROLES).look(clock.instant());
  }

  /** Asks once, by a process that has just begun: what it knows is the session's ticket. */
  Reading ask(Optional<String> ticket) {
    EvidenceRequest request = new EvidenceRequest(CHECK, window, askedSince, ticket);
    return new KeptnSource(client, gate(), ROLES).measure(List.of(request), context()).get(CHECK);
  }

  /** Asks as often as it takes, while the clock goes on; each time by a process of its own. */
  Reading measure() {
    Optional<String> ticket = Optional.empty();
    for (int asked = 0; asked < 500; asked++) {
      Reading reading = ask(ticket);
      if (!(reading instanceof Reading.NotYet notYet)) {
        return reading;
      }
      ticket = notYet.ticket().or(currentTicket(ticket));
      clock.advance(notYet.lookAgain());
      cluster.tick();
    }
    throw new AssertionError("never answered");
  }

  private static java.util.function.Supplier<Optional<String>> currentTicket(
      Optional<String> ticket) {
    return () -> ticket;
  }

  Reading.Answer answer() {
    Reading reading = measure();
    if (reading instanceof Reading.Answer answer) {
      return answer;
    }
    throw new AssertionError("no answer but " + reading);
  }

  Grade grade() {
    return answer().verdict().orElseThrow();
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }
}
