package io.jenkins.plugins.canarygate.evidence.keptn;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All Keptn checks of one gate: metrics and Analyses. */
public final class KeptnSource implements EvidenceSource {
  private final KeptnApi api;
  private final KeptnGate gate;
  private final Trial trial;

  /**
   * @param client a client of the cluster; it is not closed
   * @param gate what is asked
   * @param roles where the role stands that grants a right which is missing
   */
  public KeptnSource(KubernetesClient client, KeptnGate gate, String roles) {
    this.api = new KeptnApi(new KubeApi(client), roles);
    this.gate = gate;
    this.trial = new Trial(api, gate);
  }

  /** Also deletes what an earlier gate of this name did not live to delete. */
  @Override
  public Preparation prepare(EvidenceContext context) {
    if (gate.use().writes()) {
      Leftovers leftovers = new Leftovers(api, gate);
      trial.namespaces().forEach(each -> leftovers.sweep(each, context.now()));
    }
    return trial.run();
  }

  @Override
  public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
    Map<String, Reading> readings = new LinkedHashMap<>();
    requests.forEach(request -> readings.put(request.check(), measure(request, context)));
    return readings;
  }

  private Reading measure(EvidenceRequest request, EvidenceContext context) {
    try {
      KeptnSection section = gate.section(request.check());
      Check check = gate.checks().get(request.check());
      if (!check.cohorts().isEmpty() && oneAndTheSame(context)) {
        return nothingToTellApart(section);
      }
      Optional<Instant> trafficSince = context.trafficSince().filter(since -> gate.use().clamps());
      if (section.metric() != null) {
        MetricReader reader = new MetricReader(api, section, context.now(), trafficSince);
        return new MetricMeasurement(gate, check, context, reader).measure();
      }
      return analysis(request, context, trafficSince).measure();
    } catch (KeptnException e) {
      return new Reading.Failed(e.getMessage(), e.after());
    } catch (IllegalArgumentException e) {
      return Reading.Failed.because(e.getMessage());
    }
  }

  private AnalysisMeasurement analysis(
      EvidenceRequest request, EvidenceContext context, Optional<Instant> trafficSince) {
    KeptnSection section = gate.section(request.check());
    Optional<Cohort> cohort = gate.checks().get(request.check()).cohorts().stream().findFirst();
    return new AnalysisMeasurement(
        api,
        gate,
        gate.analysis(section.analysis(), gate.values(context.cohorts(), cohort)),
        request,
        context.now(),
        trafficSince);
  }

  @Override
  public void abandon(EvidenceRequest request, EvidenceContext context) {
    if (gate.section(request.check()).metric() == null) {
      try {
        analysis(request, context, Optional.empty()).abandon();
      } catch (KeptnException | IllegalArgumentException e) {
        // The next measurement sweeps it up.
      }
    }
  }

  private static boolean oneAndTheSame(EvidenceContext context) {
    CohortNames canary = context.cohorts().get(Cohort.CANARY);
    CohortNames stable = context.cohorts().get(Cohort.STABLE);
    return canary != null && stable != null && canary.name().equals(stable.name());
  }

  private static Reading nothingToTellApart(KeptnSection section) {
    String why = "canary and stable are the same revision: there is nothing to tell apart";
    return section.metric() != null
        ? Reading.Answer.of(Values.none()).withDetail(why)
        : Reading.Answer.judged(Grade.INCONCLUSIVE, why);
  }
}
