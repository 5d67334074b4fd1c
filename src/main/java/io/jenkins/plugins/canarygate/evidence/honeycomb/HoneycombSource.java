package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All Honeycomb checks of one gate: queries, SLOs and triggers. */
public final class HoneycombSource implements EvidenceSource {
  private final HoneycombClient client;
  private final HoneycombGate gate;
  private final QueryChecks queries;
  private final QueryTrial trial;

  /**
   * @param client the API, with the key of the gate's environment
   * @param quota one for the whole process
   * @param answers one for the whole process
   * @param gate what is asked
   */
  public HoneycombSource(
      HoneycombClient client, HoneycombQuota quota, HoneycombAnswers answers, HoneycombGate gate) {
    this.client = client;
    this.gate = gate;
    this.queries = new QueryChecks(gate, answers, new ResultRun(client, quota, answers));
    this.trial = new QueryTrial(client, gate);
  }

  @Override
  public Preparation prepare(EvidenceContext context) {
    Map<String, HoneycombException> problems = trial.run(context.cohorts(), context.now());
    if (problems.isEmpty()) {
      return Preparation.READY;
    }
    boolean refused = problems.values().stream().anyMatch(HoneycombException::refused);
    List<String> lines = new ArrayList<>();
    problems.forEach(
        (check, problem) -> {
          if (problem.refused() == refused) {
            lines.add("check '" + check + "': " + problem.getMessage());
          }
        });
    return new Preparation(
        refused ? Preparation.State.REFUSED : Preparation.State.AGAIN, String.join("\n", lines));
  }

  @Override
  public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
    Map<String, Reading> readings = new LinkedHashMap<>();
    List<EvidenceRequest> asQueries = new ArrayList<>();
    Singles singles = new Singles(client, gate.values());
    for (EvidenceRequest request : requests) {
      gate.check(request.check());
      HoneycombSection section = gate.sections().get(request.check());
      if (section.query() != null) {
        asQueries.add(request);
      } else {
        readings.put(request.check(), single(singles, section, context));
      }
    }
    if (!asQueries.isEmpty()) {
      readings.putAll(asQueries(asQueries, context));
    }
    return readings;
  }

  private Map<String, Reading> asQueries(List<EvidenceRequest> requests, EvidenceContext context) {
    try {
      return queries.measure(client.account(), requests, context);
    } catch (HoneycombException e) {
      Map<String, Reading> failed = new HashMap<>();
      requests.forEach(request -> failed.put(request.check(), failed(e)));
      return failed;
    }
  }

  private static Reading single(
      Singles singles, HoneycombSection section, EvidenceContext context) {
    try {
      JsonNode body = singles.read(section);
      return section.slo() != null
          ? SloReader.read(body, Optional.ofNullable(section.result()))
          : TriggerReader.read(body, context.now(), context.trafficSince());
    } catch (HoneycombException e) {
      return failed(e);
    }
  }

  /** Waiting for a rate limit is no error (rule M4). */
  private static Reading failed(HoneycombException e) {
    if (e.kind() == Kind.RATE_LIMITED) {
      Duration wait = e.retryAfter().orElse(ResultRun.RATE_LIMIT);
      return new Reading.NotYet(wait, e.getMessage(), Optional.empty());
    }
    return new Reading.Failed(e.getMessage(), e.retryAfter());
  }
}
