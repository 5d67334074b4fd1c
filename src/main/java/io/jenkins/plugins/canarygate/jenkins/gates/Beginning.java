package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.frontend.Access;
import io.jenkins.plugins.canarygate.frontend.GateWiring;
import io.jenkins.plugins.canarygate.frontend.HoneycombAccount;
import io.jenkins.plugins.canarygate.frontend.Needs;
import io.jenkins.plugins.canarygate.frontend.PlainProgress;
import io.jenkins.plugins.canarygate.frontend.Wired;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.jenkins.gates.Admission.Admitted;
import io.jenkins.plugins.canarygate.jenkins.gates.ClusterKeys.Own;
import java.io.IOException;
import java.util.Optional;

/** Makes a gate of what was ordered: it is read, let in, and wired to its cluster and sources. */
final class Beginning {
  private final LiveGate gate;
  private final BuildSide side;
  private final GateFolder folder;
  private final Office office;

  Beginning(LiveGate gate, BuildSide side, Office office) {
    this.gate = gate;
    this.side = side;
    this.folder = gate.folder();
    this.office = office;
  }

  /** All that the host takes to run it. */
  record Ready(Admitted in, Wired wired, GateSession session, PlainProgress progress) {}

  /**
   * Makes it ready to run. Blocks while files are read.
   *
   * @throws RefusedException if it may not run
   * @throws IOException if its folder cannot be read or written
   */
  Ready ready(GateOrder what, GateText.Source source) throws RefusedException, IOException {
    Optional<GateText> kept = folder.text();
    GateText text = kept.isPresent() ? kept.get() : source.read(what);
    Settings settings = office.settings().get();
    Optional<GateSession> before = folder.load();
    Admission admission = new Admission(settings, side.job());
    Admitted in = before.isEmpty() ? admission.admit(what, text) : admission.goOn(what, text);
    if (before.isEmpty()) {
      office.admitOneMore(settings.limits());
    }
    Wired wired = wire(in, what, settings, before.isPresent());
    office.open().begun(gate.now(), folder.path());
    if (kept.isEmpty()) {
      folder.text(text);
    }
    GateSpec spec = in.spec();
    GateSession session =
        before
            .filter(s -> s.digest().equals(spec.digest()) && s.mode() == spec.mode())
            .orElseGet(() -> GateSession.begin(spec, spec.gateId(), office.host().clock().now()));
    session.cancel().ifPresent(c -> gate.stop(new StopRequest(c.by(), c.timedOut())));
    PlainProgress progress = new PlainProgress(spec, side.log(), office.clock());
    if (before.isEmpty()) {
      folder.order(what.with(in));
      folder.save(session);
      in.administratorsKeys(what).forEach(side::uses);
      introduce(spec, wired, progress);
    } else if (!session.ended()) {
      progress.say("goes on where it was when Jenkins stopped");
    }
    return new Ready(in, wired, session, progress);
  }

  private static void introduce(GateSpec spec, Wired wired, PlainProgress progress) {
    Needs needs = new Needs(spec);
    progress.say("gate " + spec.name() + " for " + spec.target() + ", at " + spec.target().at());
    needs.lines().forEach(progress::say);
    wired.needs().forEach(progress::say);
    needs.tooLong().ifPresent(progress::say);
  }

  private Wired wire(Admitted in, GateOrder what, Settings settings, boolean goesOn)
      throws RefusedException {
    ClusterClients.Lease cluster =
        office
            .clusters()
            .lease(
                in.cluster(),
                what.credentialsId().map(id -> new Own(side.keys(), id)),
                gate.key().build(),
                settings.proxy());
    gate.leased(cluster);
    GateAccess access =
        new GateAccess(
            cluster.clients(),
            way(
                in.honeycomb(),
                environment ->
                    office
                        .honeycombs()
                        .account(
                            environment,
                            what.honeycombCredentialsId().map(id -> new Own(side.keys(), id)),
                            settings.proxy()),
                goesOn),
            way(
                in.prometheus(),
                server -> office.prometheusServers().client(server, settings.proxy()),
                goesOn));
    Guard guard =
        new Guard(
            office.settings(),
            side,
            in.cluster().name(),
            in.spec().target().namespace(),
            gate::stopped,
            () -> gate.stop(new StopRequest("the end of its build", false)));
    EvidenceGuard evidence = new EvidenceGuard(office.settings(), side::job, in);
    return new GateWiring(in.gate(), in.spec(), access)
        .wire(in.spec().gateId())
        .around(driver -> new GuardedDriver(driver, guard))
        .aroundSources((source, checks) -> new GuardedSource(source, checks, evidence::against))
        .aroundAnnouncer(announcer -> new GuardedAnnouncer(announcer, evidence::againstHoneycomb));
  }

  /** A client of a source, or why there is none any more. */
  private record Way<T>(Optional<T> client, String gone) {
    T get() {
      return client.orElseThrow(() -> new Access.GoneException(gone));
    }
  }

  private interface Maker<S, T> {
    T make(S setting) throws RefusedException;
  }

  /** What cannot be made for a gate that goes on is told by the checks that ask it. */
  private static <S, T> Way<T> way(Optional<S> setting, Maker<S, T> maker, boolean goesOn)
      throws RefusedException {
    try {
      return setting.isEmpty()
          ? new Way<>(Optional.empty(), "it was not there when Jenkins came back")
          : new Way<>(Optional.of(maker.make(setting.get())), "");
    } catch (RefusedException e) {
      if (!goesOn) {
        throw e;
      }
      return new Way<>(Optional.empty(), e.getMessage());
    }
  }

  /** Clients that were found beforehand. */
  private record GateAccess(
      Access.Cluster cluster, Way<HoneycombAccount> account, Way<PrometheusClient> server)
      implements Access {
    @Override
    public HoneycombAccount honeycomb() {
      return account.get();
    }

    @Override
    public PrometheusClient prometheus() {
      return server.get();
    }
  }
}
