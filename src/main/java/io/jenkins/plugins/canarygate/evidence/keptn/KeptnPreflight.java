package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Metric;
import io.jenkins.plugins.canarygate.evidence.keptn.MetricReader.Read;
import io.jenkins.plugins.canarygate.kube.ClusterFindings;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code plan} says of Keptn: what is served, our rights, definitions with their templates and
 * data sources, and how metrics are now.
 */
public final class KeptnPreflight {
  private static final String BEFORE = "correct it before traffic shifts";

  private final KubeApi kube;
  private final KeptnApi api;
  private final KeptnGate gate;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param client a client of the cluster; it is not closed
   * @param gate what is asked
   * @param roles where the role stands that grants a right which is missing
   */
  public KeptnPreflight(KubernetesClient client, KeptnGate gate, String roles) {
    this.kube = new KubeApi(client);
    this.api = new KeptnApi(kube, roles);
    this.gate = gate;
  }

  /** Looks at everything. */
  public List<Finding> look(Instant now) {
    findings.clear();
    try {
      String version = api.version();
      findings.add(Finding.ok("keptn: " + KeptnKind.GROUP, "served, " + version + " is used"));
      rights();
      for (Map.Entry<String, KeptnSection> entry : gate.sections().entrySet()) {
        check(entry.getKey(), entry.getValue(), now);
      }
    } catch (KeptnException e) {
      findings.add(
          Finding.error(
              "keptn: " + KeptnKind.GROUP,
              e.getMessage(),
              "a gate that runs from here would have no evidence of Keptn"));
    } catch (KubeApi.NoAnswerException e) {
      findings.add(ClusterFindings.unanswered(e));
    }
    return List.copyOf(findings);
  }

  private void rights() throws KubeApi.NoAnswerException {
    KeptnRights rights = new KeptnRights();
    for (KeptnSection section : gate.sections().values()) {
      try {
        if (section.metric() != null) {
          rights.metric(gate.metric(section.metric(), gate.values()).namespace());
        } else {
          rights.analysis(gate.unmeasured(section.analysis()));
        }
      } catch (IllegalArgumentException unknownYet) {
        // The namespace itself depends on the rollout: said below.
      }
    }
    for (Map.Entry<String, List<Rights.Right>> each : rights.all().entrySet()) {
      findings.addAll(new Rights(kube, each.getKey()).examine(each.getValue()));
    }
  }

  private void check(String name, KeptnSection section, Instant now) {
    String subject = "keptn: check '" + name + "'";
    try {
      if (section.metric() != null) {
        metric(subject, gate.checks().get(name), section, now);
      } else {
        analysis(subject, name, section);
      }
    } catch (IllegalArgumentException unknownYet) {
      findings.add(
          Finding.ok(
              subject, "what it asks is known only while measuring: " + unknownYet.getMessage()));
    } catch (KeptnException e) {
      findings.add(
          e.kind() == KeptnException.Kind.TRANSIENT
              ? Finding.warning(subject, e.getMessage(), "run plan again to find out")
              : Finding.error(subject, e.getMessage(), BEFORE));
    }
  }

  private void metric(String subject, Check check, KeptnSection section, Instant now)
      throws KeptnException {
    Metric metric = gate.metric(section.metric(), gate.values());
    Optional<JsonNode> object = api.find(KeptnKind.METRIC, metric.namespace(), metric.name());
    Read read = new MetricReader(api, section, now, Optional.empty()).read(metric);
    if (read instanceof Read.Value value) {
      findings.add(
          Finding.ok(
              subject,
              KeptnKind.METRIC.named(metric.namespace(), metric.name())
                  + " is "
                  + Numbers.value(value.value())
                  + ", fetched from "
                  + value.source().title()
                  + " "
                  + Numbers.length(Duration.between(value.updated(), now))
                  + " ago"));
    } else {
      findings.add(unusable(subject, read));
    }
    object.ifPresent(found -> pace(subject, check, section, MetricReader.fetchInterval(found)));
  }

  private static Finding unusable(String subject, Read read) {
    if (read instanceof Read.Soon soon) {
      return Finding.warning(subject, soon.why(), "run plan again to find out");
    }
    String why = read instanceof Read.Broken broken ? broken.why() : ((Read.None) read).why();
    return Finding.error(subject, why, BEFORE);
  }

  private void pace(String subject, Check check, KeptnSection section, Duration fetch) {
    if (fetch.compareTo(section.oldest()) > 0) {
      findings.add(
          Finding.warning(
              subject,
              "it is fetched every "
                  + Numbers.length(fetch)
                  + ", but may be no older than maxAge "
                  + Numbers.length(section.oldest())
                  + ": the gate has to wait for a fresh one",
              "lower the metric's fetchIntervalSeconds, or raise maxAge"));
    }
    int count = check.schedule().count();
    if (count > 1 && fetch.compareTo(check.schedule().interval()) > 0) {
      findings.add(
          Finding.warning(
              subject,
              count
                  + " measurements take at least "
                  + Numbers.length(fetch.multipliedBy(count - 1))
                  + ", for a value is new only every "
                  + Numbers.length(fetch),
              "lower the metric's fetchIntervalSeconds, or the check's count"));
    }
  }

  private void analysis(String subject, String name, KeptnSection section) throws KeptnException {
    Analysis asked = gate.unmeasured(section.analysis());
    if (asked.created()) {
      findings.addAll(
          new DefinitionPreflight(api, subject, section, asked, gate.checks().get(name)).examine());
      return;
    }
    if (gate.checks().get(name).schedule().count() > 1) {
      findings.add(
          Finding.error(
              subject,
              "an Analysis that exists is one measurement, so there are never "
                  + gate.checks().get(name).schedule().count(),
              "set the check's count to 1"));
    }
    String named = KeptnKind.ANALYSIS.named(asked.namespace(), asked.name());
    Optional<JsonNode> found = api.find(KeptnKind.ANALYSIS, asked.namespace(), asked.name());
    if (found.isEmpty()) {
      findings.add(
          Finding.warning(
              subject, "there is no " + named + " yet", "nothing, if the pipeline makes it"));
    } else {
      findings.add(Finding.ok(subject, named + " is " + Stuck.state(found.get())));
    }
  }
}
