package io.jenkins.plugins.canarygate.evidence.prometheus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.check.WindowRule;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;

/** A gate's Prometheus checks on a bench, with a clock that is set by hand. */
final class PrometheusBench {
  static final Instant START = Instant.parse("2026-03-04T10:07:00Z");
  static final OkHttpClient HTTP =
      PrometheusClient.connections(Duration.ofSeconds(5), Duration.ofSeconds(10));
  static final Set<Cohort> NONE = Set.of();
  static final Set<Cohort> CANARY = Set.of(Cohort.CANARY);
  static final Set<Cohort> BOTH = Set.of(Cohort.CANARY, Cohort.STABLE);

  final Map<String, PrometheusSection> sections = new LinkedHashMap<>();
  final Map<String, Check> checks = new LinkedHashMap<>();
  final Map<Cohort, CohortNames> cohorts = new EnumMap<>(Cohort.class);
  final PrometheusClient client;
  String rollout = "checkout";
  Criteria criteria = Criteria.NONE;
  SeriesWanted series = SeriesWanted.NO;
  Instant now = START;
  Window window = new Window(START.minusSeconds(330), START.minusSeconds(30));
  private PrometheusSource source;

  PrometheusBench(String url) {
    this(new PrometheusClient(HTTP, url, PrometheusLogin.NONE, PrometheusTenant.NONE, () -> START));
  }

  PrometheusBench(PrometheusClient client) {
    this.client = client;
    cohorts.put(Cohort.CANARY, new CohortNames("7c9d", "checkout-7c9d-[a-z0-9]{5}"));
    cohorts.put(Cohort.STABLE, new CohortNames("5b6c", "checkout-5b6c-[a-z0-9]{5}"));
  }

  PrometheusBench query(String name, String query, Set<Cohort> measured) {
    return add(name, new PrometheusSection(query, null, null, null), measured);
  }

  PrometheusBench add(String name, PrometheusSection section, Set<Cohort> measured) {
    sections.put(name, section);
    checks.put(
        name,
        new Check(
            name,
            "prometheus",
            criteria,
            Schedule.ONCE,
            Optional.of(
                new WindowRule(
                    Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(1))),
            Optional.empty(),
            measured,
            1,
            false,
            false,
            false));
    return this;
  }

  PrometheusGate gate() {
    return new PrometheusGate(
        sections, checks, Map.of("rollout.name", rollout, "rollout.namespace", "shop"));
  }

  PrometheusSource source() {
    if (source == null) {
      source = new PrometheusSource(client, gate());
    }
    return source;
  }

  EvidenceContext context() {
    return new EvidenceContext(
        now, Optional.empty(), cohorts, JsonNodeFactory.instance.objectNode());
  }

  Map<String, Reading> measure() {
    List<EvidenceRequest> requests = new ArrayList<>();
    checks
        .keySet()
        .forEach(
            name ->
                requests.add(
                    new EvidenceRequest(name, Optional.of(window), now, Optional.empty(), series)));
    return source().measure(requests, context());
  }

  Reading.Answer answer(String name) {
    return (Reading.Answer) measure().get(name);
  }

  String failure(String name) {
    return ((Reading.Failed) measure().get(name)).why();
  }
}
