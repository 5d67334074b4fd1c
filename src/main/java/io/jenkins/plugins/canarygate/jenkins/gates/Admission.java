package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.frontend.GateWiring;
import io.jenkins.plugins.canarygate.frontend.HandLines;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import io.jenkins.plugins.canarygate.rollout.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether a gate may run, before anything is contacted; what stands against it is said at once. */
final class Admission {
  private final Settings settings;
  private final String job;
  private final List<String> faults = new ArrayList<>();

  Admission(Settings settings, String job) {
    this.settings = settings;
    this.job = job;
  }

  /**
   * A gate that may run.
   *
   * @param gate the gate file
   * @param spec the same as it is to be done now
   * @param cluster where its rollout is
   * @param honeycomb where Honeycomb is asked; empty where it is not
   * @param prometheus where Prometheus is asked; empty where it is not
   */
  record Admitted(
      Gate gate,
      GateSpec spec,
      ClusterSettings cluster,
      Optional<HoneycombSettings> honeycomb,
      Optional<PrometheusSettings> prometheus) {

    /** The administrator's credentials that the gate uses, by their ids. */
    List<String> administratorsKeys(GateOrder order) {
      Stream<String> clusters =
          order.credentialsId().isPresent() || cluster.serviceAccount()
              ? Stream.of()
              : Stream.of(cluster.credentialsId());
      Stream<String> honeycombs =
          order.honeycombCredentialsId().isPresent()
              ? Stream.of()
              : honeycomb.stream().map(HoneycombSettings::credentialsId);
      Stream<String> servers = prometheus.stream().map(PrometheusSettings::credentialsId);
      return Stream.of(clusters, honeycombs, servers)
          .flatMap(ids -> ids)
          .filter(id -> !id.isEmpty())
          .distinct()
          .toList();
    }
  }

  /**
   * Lets a gate in.
   *
   * @throws RefusedException with everything that stands against it
   */
  Admitted admit(GateOrder order, GateText text) throws RefusedException {
    Gate gate = read(order, text);
    GateSpec spec =
        gate.spec().with(HandLines.of(file(order, text), order.parameters(), List.of()));
    GateSpec asked = order.dryRun() ? spec.with(Mode.DRY_RUN) : spec;
    Optional<ClusterSettings> cluster = cluster(order, asked);
    GateWiring wiring = new GateWiring(gate, asked, null);
    cluster.ifPresent(where -> evidence(where, gate, asked));
    Optional<HoneycombSettings> honeycomb =
        wiring.asksHoneycomb() ? honeycomb(order, gate) : Optional.empty();
    Optional<PrometheusSettings> prometheus =
        wiring.asksPrometheus() ? prometheus(order, gate) : Optional.empty();
    faults.addAll(settings.floor().shortcomings(asked));
    limits(asked);
    if (!faults.isEmpty()) {
      throw new RefusedException(faults);
    }
    return new Admitted(gate, asked, cluster.orElseThrow(), honeycomb, prometheus);
  }

  /**
   * What a person's command names: the repository's file, or the one that is kept with the build.
   */
  private static String file(GateOrder order, GateText text) {
    return order.file().orElse(text instanceof GateText.Bytes ? GateFolder.FILE : GateFolder.TREE);
  }

  private static Gate read(GateOrder order, GateText text) throws RefusedException {
    try {
      return text.gate(order.parameters());
    } catch (GateFileException e) {
      throw new RefusedException(e.getMessage().lines().toList());
    }
  }

  private Optional<ClusterSettings> cluster(GateOrder order, GateSpec spec) {
    Optional<ClusterSettings> found =
        named(
            order.cluster().or(() -> spec.target().cluster()),
            settings.clusters(),
            ClusterSettings::name,
            "cluster");
    found.ifPresent(cluster -> allowed(cluster, spec));
    return found;
  }

  private void allowed(ClusterSettings cluster, GateSpec spec) {
    String namespace = spec.target().namespace();
    boolean known = cluster.allowances().stream().anyMatch(a -> a.names(job, namespace));
    if (!known) {
      notAllowedIn(namespace, cluster);
      return;
    }
    for (Action action : actions(spec)) {
      if (!Allowance.allows(cluster.allowances(), job, namespace, action)) {
        faults.add(
            "the job "
                + job
                + " is not allowed to "
                + action.text()
                + " in namespace "
                + namespace
                + " of cluster "
                + cluster.name()
                + "; ask an administrator to allow it, or take it out of the gate");
      }
    }
  }

  /** Evidence from another namespace is read with the same credentials, and may be made there. */
  private void evidence(ClusterSettings cluster, Gate gate, GateSpec spec) {
    List<Allowance> allowances = cluster.allowances();
    namespaces(gate, SourceSection::namespaces)
        .filter(namespace -> !namespace.equals(spec.target().namespace()))
        .filter(namespace -> allowances.stream().noneMatch(a -> a.names(job, namespace)))
        .forEach(namespace -> notAllowedIn(namespace, cluster));
    if (spec.mode() == Mode.DRY_RUN) {
      // Then nothing is written anywhere.
      return;
    }
    namespaces(gate, SourceSection::written)
        .filter(namespace -> allowances.stream().anyMatch(a -> a.names(job, namespace)))
        .filter(namespace -> !Allowance.allowsAnalyses(allowances, job, namespace))
        .forEach(
            namespace ->
                faults.add(
                    "the job "
                        + job
                        + " is not allowed to create Keptn Analyses in namespace "
                        + namespace
                        + " of cluster "
                        + cluster.name()
                        + "; ask an administrator to allow it, or name an Analysis that exists"));
  }

  private static Stream<String> namespaces(Gate gate, Function<SourceSection, Set<String>> which) {
    return gate.sources().values().stream()
        .flatMap(section -> which.apply(section).stream())
        .distinct();
  }

  private void notAllowedIn(String namespace, ClusterSettings cluster) {
    faults.add(
        "the job "
            + job
            + " is not allowed in namespace "
            + namespace
            + " of cluster "
            + cluster.name()
            + "; an administrator can allow it under Manage Jenkins");
  }

  /** All that the gate may come to do. */
  static Set<Action> actions(GateSpec spec) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    if (spec.mode() != Mode.RUN) {
      return actions;
    }
    spec.policy().reactions().map(Reaction::action).flatMap(Optional::stream).forEach(actions::add);
    if (spec.target().at().hold()) {
      actions.add(Action.PAUSE);
    }
    return actions;
  }

  private Optional<HoneycombSettings> honeycomb(GateOrder order, Gate gate) {
    Optional<HoneycombSettings> found =
        named(
            order
                .honeycomb()
                .or(() -> gate.honeycomb().flatMap(h -> Optional.ofNullable(h.environment()))),
            settings.honeycombs(),
            HoneycombSettings::name,
            "Honeycomb environment");
    found.ifPresent(
        environment -> mayAsk(environment.jobs(), "Honeycomb environment " + environment.name()));
    return found;
  }

  private Optional<PrometheusSettings> prometheus(GateOrder order, Gate gate) {
    Optional<PrometheusSettings> found =
        named(
            order
                .prometheus()
                .or(() -> gate.prometheus().flatMap(p -> Optional.ofNullable(p.server()))),
            settings.prometheusServers(),
            PrometheusSettings::name,
            "Prometheus server");
    found.ifPresent(server -> mayAsk(server.jobs(), "Prometheus server " + server.name()));
    return found;
  }

  private void mayAsk(List<String> jobs, String what) {
    if (!Allowance.jobMatches(jobs, job)) {
      faults.add(
          "the job "
              + job
              + " is not allowed to ask "
              + what
              + "; an administrator can allow it under Manage Jenkins");
    }
  }

  private <T> Optional<T> named(
      Optional<String> name, List<T> all, Function<T, String> nameOf, String what) {
    if (name.isEmpty() && all.size() == 1) {
      return Optional.of(all.get(0));
    }
    String remedy = "an administrator can add one under Manage Jenkins, System, Canary Gate";
    if (name.isEmpty()) {
      faults.add(
          all.isEmpty()
              ? "no " + what + " is configured; " + remedy
              : "there is more than one " + what + "; name one of them in the step or the gate");
      return Optional.empty();
    }
    Optional<T> found =
        all.stream().filter(each -> nameOf.apply(each).equals(name.get())).findFirst();
    if (found.isEmpty()) {
      faults.add("no " + what + " is called '" + name.get() + "'; see the spelling, or " + remedy);
    }
    return found;
  }

  private void limits(GateSpec spec) {
    Optional<Duration> most = settings.limits().total();
    if (most.isPresent() && spec.timeouts().total().compareTo(most.get()) > 0) {
      faults.add(
          "timeouts.total is "
              + io.jenkins.plugins.canarygate.check.Numbers.length(spec.timeouts().total())
              + ", and the administrator allows "
              + io.jenkins.plugins.canarygate.check.Numbers.length(most.get())
              + "; lower it");
    }
  }
}
