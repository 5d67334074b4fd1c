package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an administrator allows a job of evidence: whom it may ask, and where it may read. */
final class EvidenceRights {
  private final String job;
  private final boolean writes;

  /**
   * @param job its full name
   * @param writes whether objects are created for evidence; a dry run creates none
   */
  EvidenceRights(String job, boolean writes) {
    this.job = job;
    this.writes = writes;
  }

  /** What stands against a check that reads or creates objects in a cluster, a line each. */
  List<String> against(ClusterSettings cluster, SourceSection section) {
    List<String> lines = new ArrayList<>();
    for (String namespace : section.namespaces()) {
      if (cluster.allowances().stream().noneMatch(a -> a.names(job, namespace))) {
        lines.add(notAllowedIn(namespace, cluster));
      } else if (writes
          && section.written().contains(namespace)
          && !Allowance.allowsAnalyses(cluster.allowances(), job, namespace)) {
        lines.add(
            "the job "
                + job
                + " is not allowed to create Keptn Analyses in namespace "
                + namespace
                + " of cluster "
                + cluster.name()
                + "; ask an administrator to allow it, or name an Analysis that exists");
      }
    }
    return lines;
  }

  /** That a job may not so much as look in a namespace. */
  String notAllowedIn(String namespace, ClusterSettings cluster) {
    return "the job "
        + job
        + " is not allowed in namespace "
        + namespace
        + " of cluster "
        + cluster.name()
        + "; an administrator can allow it under Manage Jenkins";
  }

  Optional<String> against(HoneycombSettings environment) {
    return mayAsk(environment.jobs(), "Honeycomb environment " + environment.name());
  }

  Optional<String> against(PrometheusSettings server) {
    return mayAsk(server.jobs(), "Prometheus server " + server.name());
  }

  private Optional<String> mayAsk(List<String> jobs, String what) {
    return Allowance.jobMatches(jobs, job)
        ? Optional.empty()
        : Optional.of(
            "the job "
                + job
                + " is not allowed to ask "
                + what
                + "; an administrator can allow it under Manage Jenkins");
  }
}
