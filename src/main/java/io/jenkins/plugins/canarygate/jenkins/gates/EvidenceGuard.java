package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusSection;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.jenkins.gates.Admission.Admitted;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What stands against a gate's evidence at the moment it is to be measured: an administrator has
 * taken away an allowance, a server or an environment that was there when the gate was let in.
 */
final class EvidenceGuard {
  private final Supplier<Settings> settings;
  private final Supplier<String> job;
  private final Admitted in;

  /**
   * @param settings read anew at each question
   * @param job the full name of the job at that moment
   * @param in the gate as it was let in, or goes on
   */
  EvidenceGuard(Supplier<Settings> settings, Supplier<String> job, Admitted in) {
    this.settings = settings;
    this.job = job;
    this.in = in;
  }

  /** What stands against measuring a check, as one line; empty: nothing. */
  Optional<String> against(String check) {
    SourceSection section = in.gate().sources().get(check);
    if (section instanceof HoneycombSection) {
      return againstHoneycomb();
    }
    if (section instanceof PrometheusSection) {
      return named(
          settings.get().prometheusServers(),
          PrometheusSettings::name,
          in.names().prometheus(),
          "Prometheus server",
          server -> rights().against(server));
    }
    return section.namespaces().isEmpty()
        ? Optional.empty()
        : named(
            settings.get().clusters(),
            ClusterSettings::name,
            Optional.of(in.cluster().name()),
            "cluster",
            cluster ->
                Optional.of(String.join("; ", rights().against(cluster, section)))
                    .filter(lines -> !lines.isEmpty()));
  }

  /** What stands against telling Honeycomb anything. */
  Optional<String> againstHoneycomb() {
    return named(
        settings.get().honeycombs(),
        HoneycombSettings::name,
        in.names().honeycomb(),
        "Honeycomb environment",
        environment -> rights().against(environment));
  }

  private EvidenceRights rights() {
    return new EvidenceRights(job.get(), in.spec().mode() != Mode.DRY_RUN);
  }

  private static <T> Optional<String> named(
      List<T> all,
      Function<T, String> nameOf,
      Optional<String> name,
      String what,
      Function<T, Optional<String>> rights) {
    Optional<T> found =
        all.stream().filter(each -> name.equals(Optional.of(nameOf.apply(each)))).findFirst();
    return found.isPresent()
        ? rights.apply(found.get()).map(line -> "no longer allowed: " + line)
        : Optional.of(
            "there is no "
                + what
                + " '"
                + name.orElse("")
                + "' any more; an administrator can add it again under Manage Jenkins, System,"
                + " Canary Gate");
  }
}
