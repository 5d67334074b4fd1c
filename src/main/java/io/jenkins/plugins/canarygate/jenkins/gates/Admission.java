package io.jenkins.plugins.canarygate.jenkins.gates;

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
import java.util.function.Consumer;
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
   * @param honeycomb where Honeycomb is asked; empty where it is not, or is there no more
   * @param prometheus where Prometheus is asked; likewise
   * @param names what the gate asks, by its names
   */
  record Admitted(
      Gate gate,
      GateSpec spec,
      ClusterSettings cluster,
      Optional<HoneycombSettings> honeycomb,
      Optional<PrometheusSettings> prometheus,
      Names names) {

    /**
     * The administrator's names of what is asked for evidence.
     *
     * @param honeycomb an environment; empty where none is asked
     * @param prometheus a server; likewise
     */
    record Names(Optional<String> honeycomb, Optional<String> prometheus) {}

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
    return let(order, text, faults::add);
  }

  /**
   * Lets a gate go on that had begun. What stands against its evidence by now is not looked at: its
   * checks say that, and what it does then is still the gate's to do.
   *
   * @throws RefusedException with everything else that stands against it
   */
  Admitted goOn(GateOrder order, GateText text) throws RefusedException {
    return let(order, text, fault -> {});
  }

  private Admitted let(GateOrder order, GateText text, Consumer<String> ofEvidence)
      throws RefusedException {
    Gate gate = read(order, text);
    GateSpec spec =
        gate.spec().with(HandLines.of(file(order, text), order.parameters(), List.of()));
    GateSpec asked = order.dryRun() ? spec.with(Mode.DRY_RUN) : spec;
    EvidenceRights rights = new EvidenceRights(job, asked.mode() != Mode.DRY_RUN);
    Optional<ClusterSettings> cluster = cluster(order, asked, rights);
    cluster.ifPresent(where -> evidence(rights, where, gate, asked).forEach(ofEvidence));
    GateWiring wiring = new GateWiring(gate, asked, null);
    Asked<HoneycombSettings> honeycomb =
        wiring.asksHoneycomb()
            ? asked(
                environment(order, gate),
                settings.honeycombs(),
                HoneycombSettings::name,
                "Honeycomb environment",
                rights::against,
                ofEvidence)
            : Asked.nobody();
    Asked<PrometheusSettings> prometheus =
        wiring.asksPrometheus()
            ? asked(
                server(order, gate),
                settings.prometheusServers(),
                PrometheusSettings::name,
                "Prometheus server",
                rights::against,
                ofEvidence)
            : Asked.nobody();
    faults.addAll(settings.floor().shortcomings(asked));
    limits(asked);
    if (!faults.isEmpty()) {
      throw new RefusedException(faults);
    }
    return new Admitted(
        gate,
        asked,
        cluster.orElseThrow(),
        honeycomb.found(),
        prometheus.found(),
        new Admitted.Names(honeycomb.name(), prometheus.name()));
  }

  /** Whom a gate asks for evidence: by which name, and what is found under it. */
  private record Asked<T>(Optional<String> name, Optional<T> found) {
    static <T> Asked<T> nobody() {
      return new Asked<>(Optional.empty(), Optional.empty());
    }
  }

  private static <T> Asked<T> asked(
      Optional<String> name,
      List<T> all,
      Function<T, String> nameOf,
      String what,
      Function<T, Optional<String>> against,
      Consumer<String> tell) {
    Optional<T> found = named(name, all, nameOf, what, tell);
    found.flatMap(against).ifPresent(tell);
    return new Asked<>(found.map(nameOf).or(() -> name), found);
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

  private Optional<ClusterSettings> cluster(GateOrder order, GateSpec spec, EvidenceRights rights) {
    Optional<ClusterSettings> found =
        named(
            order.cluster().or(() -> spec.target().cluster()),
            settings.clusters(),
            ClusterSettings::name,
            "cluster",
            faults::add);
    found.ifPresent(cluster -> allowed(cluster, spec, rights));
    return found;
  }

  private void allowed(ClusterSettings cluster, GateSpec spec, EvidenceRights rights) {
    String namespace = spec.target().namespace();
    boolean known = cluster.allowances().stream().anyMatch(a -> a.names(job, namespace));
    if (!known) {
      faults.add(rights.notAllowedIn(namespace, cluster));
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

  /** What stands against evidence from the cluster, but for the rollout's own namespace. */
  private static List<String> evidence(
      EvidenceRights rights, ClusterSettings cluster, Gate gate, GateSpec spec) {
    String told = rights.notAllowedIn(spec.target().namespace(), cluster);
    return gate.sources().values().stream()
        .flatMap(section -> rights.against(cluster, section).stream())
        .distinct()
        .filter(line -> !line.equals(told))
        .toList();
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

  private static Optional<String> environment(GateOrder order, Gate gate) {
    return order
        .honeycomb()
        .or(() -> gate.honeycomb().flatMap(h -> Optional.ofNullable(h.environment())));
  }

  private static Optional<String> server(GateOrder order, Gate gate) {
    return order
        .prometheus()
        .or(() -> gate.prometheus().flatMap(p -> Optional.ofNullable(p.server())));
  }

  private static <T> Optional<T> named(
      Optional<String> name,
      List<T> all,
      Function<T, String> nameOf,
      String what,
      Consumer<String> tell) {
    if (name.isEmpty() && all.size() == 1) {
      return Optional.of(all.get(0));
    }
    String remedy = "an administrator can add one under Manage Jenkins, System, Canary Gate";
    if (name.isEmpty()) {
      tell.accept(
          all.isEmpty()
              ? "no " + what + " is configured; " + remedy
              : "there is more than one " + what + "; name one of them in the step or the gate");
      return Optional.empty();
    }
    Optional<T> found =
        all.stream().filter(each -> nameOf.apply(each).equals(name.get())).findFirst();
    if (found.isEmpty()) {
      tell.accept("no " + what + " is called '" + name.get() + "'; see the spelling, or " + remedy);
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
