package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.frontend.Access;
import io.jenkins.plugins.canarygate.frontend.BrokenOff;
import io.jenkins.plugins.canarygate.frontend.GateWiring;
import io.jenkins.plugins.canarygate.frontend.HoneycombAccount;
import io.jenkins.plugins.canarygate.frontend.Needs;
import io.jenkins.plugins.canarygate.frontend.PlainProgress;
import io.jenkins.plugins.canarygate.frontend.ProgressListener;
import io.jenkins.plugins.canarygate.frontend.Wired;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.host.RunningGate;
import io.jenkins.plugins.canarygate.jenkins.gates.Admission.Admitted;
import io.jenkins.plugins.canarygate.jenkins.gates.ClusterKeys.Own;
import io.jenkins.plugins.canarygate.report.ConsoleReport;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** One gate of a build while this controller runs it, from its order to its end. */
final class LiveGate {
  private final GateKey key;
  private final GateOrder asked;
  private final BuildSide side;
  private final GateFolder folder;
  private final Office office;

  private Optional<StopRequest> stop = Optional.empty();
  private Optional<RunningGate> running = Optional.empty();
  private Optional<ClusterClients.Lease> lease = Optional.empty();
  private Optional<GateOrder> order = Optional.empty();
  private Optional<Admitted> admitted = Optional.empty();
  private boolean told;
  private boolean over;

  LiveGate(GateKey key, GateOrder asked, BuildSide side, Office office) {
    this.key = key;
    this.asked = asked;
    this.side = side;
    this.folder = new GateFolder(side::folder);
    this.office = office;
  }

  GateKey key() {
    return key;
  }

  GateFolder folder() {
    return folder;
  }

  /** The same gate as its build is called now: jobs and folders can be renamed. */
  GateKey now() {
    String number = key.build().substring(key.build().lastIndexOf('#'));
    return new GateKey(side.job() + number, key.id());
  }

  /** Whether its build or step is over, and nobody has told it. */
  boolean nobodyWaits() {
    return side.standing() == BuildSide.Standing.GONE;
  }

  /** Reads what was ordered, and runs it. Blocks while files are read. */
  void start(GateText.Source source) {
    try {
      side.begun();
      Optional<GateOrder> kept = folder.order();
      if (kept.isEmpty()) {
        folder.order(asked);
      }
      GateOrder what = kept.orElse(asked);
      synchronized (this) {
        order = Optional.of(what);
      }
      folder.stop().ifPresent(this::stop);
      if (stopped() && folder.load().isEmpty()) {
        report(new GateEnd(GateEnd.Kind.STOPPED, "stopped before it had begun", Optional.empty()));
        close();
        return;
      }
      run(what, source);
    } catch (RefusedException e) {
      refused(e);
    } catch (IOException e) {
      refused(
          new RefusedException(
              "the gate's folder in its build cannot be read or written ("
                  + office.secrets().scrub(String.valueOf(e.getMessage()))
                  + "); see the disk of the controller"));
    } catch (RuntimeException | Error e) {
      if (office.closed()) {
        release();
        return;
      }
      refused(
          new RefusedException(
              "the gate could not be begun ("
                  + e.getClass().getSimpleName()
                  + "); the log of Jenkins has more"));
      throw e;
    }
  }

  private void run(GateOrder what, GateText.Source source) throws RefusedException, IOException {
    Optional<GateText> kept = folder.text();
    GateText text = kept.isPresent() ? kept.get() : source.read(what);
    Settings settings = office.settings().get();
    Admitted in = new Admission(settings, side.job()).admit(what, text);
    Optional<GateSession> before = folder.load();
    if (before.isEmpty()) {
      office.admitOneMore(settings.limits());
    }
    synchronized (this) {
      admitted = Optional.of(in);
    }
    Wired wired = wire(in, what, settings);
    office.open().begun(now(), folder.path());
    if (kept.isEmpty()) {
      folder.text(text);
    }
    GateSpec spec = in.spec();
    GateSession session =
        before
            .filter(s -> s.digest().equals(spec.digest()) && s.mode() == spec.mode())
            .orElseGet(() -> GateSession.begin(spec, spec.gateId(), office.host().clock().now()));
    session.cancel().ifPresent(c -> stop(new StopRequest(c.by(), c.timedOut())));
    PlainProgress progress = new PlainProgress(spec, side.log(), office.clock());
    if (before.isEmpty()) {
      folder.save(session);
      in.administratorsKeys(what).forEach(side::uses);
      introduce(spec, wired, progress);
    } else if (!session.ended()) {
      progress.say("goes on where it was when Jenkins stopped");
    }
    begin(wired, spec, session, progress);
  }

  private static void introduce(GateSpec spec, Wired wired, PlainProgress progress) {
    Needs needs = new Needs(spec);
    progress.say("gate " + spec.name() + " for " + spec.target() + ", at " + spec.target().at());
    needs.lines().forEach(progress::say);
    wired.needs().forEach(progress::say);
    needs.tooLong().ifPresent(progress::say);
  }

  private Wired wire(Admitted in, GateOrder what, Settings settings) throws RefusedException {
    ClusterClients.Lease cluster =
        office
            .clusters()
            .lease(
                in.cluster(),
                what.credentialsId().map(id -> new Own(side.keys(), id)),
                key.build(),
                settings.proxy());
    synchronized (this) {
      lease = Optional.of(cluster);
    }
    Optional<HoneycombAccount> honeycomb = Optional.empty();
    if (in.honeycomb().isPresent()) {
      honeycomb =
          Optional.of(
              office
                  .honeycombs()
                  .account(
                      in.honeycomb().get(),
                      what.honeycombCredentialsId().map(id -> new Own(side.keys(), id)),
                      settings.proxy()));
    }
    Optional<PrometheusClient> prometheus = Optional.empty();
    if (in.prometheus().isPresent()) {
      prometheus =
          Optional.of(office.prometheusServers().client(in.prometheus().get(), settings.proxy()));
    }
    Guard guard =
        new Guard(
            office.settings(),
            side,
            in.cluster().name(),
            in.spec().target().namespace(),
            this::stopped,
            () -> stop(new StopRequest("the end of its build", false)));
    return new GateWiring(
            in.gate(), in.spec(), new GateAccess(cluster.clients(), honeycomb, prometheus))
        .wire(in.spec().gateId())
        .around(driver -> new GuardedDriver(driver, guard));
  }

  /** Clients that were found beforehand. */
  private record GateAccess(
      Access.Cluster cluster, Optional<HoneycombAccount> account, Optional<PrometheusClient> server)
      implements Access {
    @Override
    public HoneycombAccount honeycomb() {
      return account.orElseThrow();
    }

    @Override
    public PrometheusClient prometheus() {
      return server.orElseThrow();
    }
  }

  private void begin(Wired wired, GateSpec spec, GateSession session, PlainProgress progress) {
    RunningGate gate =
        office
            .host()
            .start(
                wired.job(spec, session, folder, new ProgressListener(progress, office.secrets())));
    Optional<StopRequest> asked;
    synchronized (this) {
      running = Optional.of(gate);
      asked = stop;
    }
    asked.ifPresent(s -> gate.cancel(s.by(), s.timedOut()));
    gate.done()
        .whenComplete(
            (ended, failure) -> office.desk().execute(() -> finished(spec, gate, ended, failure)));
  }

  /** Asks it to end; a second time does nothing. */
  void stop(StopRequest request) {
    Optional<RunningGate> gate;
    synchronized (this) {
      if (stop.isPresent()) {
        return;
      }
      stop = Optional.of(request);
      gate = running;
    }
    office.keep(key, () -> folder.stop(request));
    gate.ifPresent(g -> g.cancel(request.by(), request.timedOut()));
  }

  /** Lets the step go: what is still to be seen of an abort is written into the report later. */
  void letGo() {
    Optional<Report> sofar = report();
    tell(
        new GateEnd(
            GateEnd.Kind.STOPPED,
            "stopped; what becomes of the rollout is still being read back",
            sofar));
  }

  synchronized boolean stopped() {
    return stop.isPresent();
  }

  /** What is known of it now; empty while it is being read. */
  Optional<Report> report() {
    Optional<RunningGate> gate;
    Optional<Admitted> in;
    synchronized (this) {
      gate = running;
      in = admitted;
    }
    return gate.flatMap(g -> in.map(a -> Report.of(a.spec(), g.session())));
  }

  /** Why its cluster cannot be reached now, after several looks; empty where it can. */
  Optional<ClusterTrouble> trouble() {
    Optional<RunningGate> gate;
    Optional<Admitted> in;
    synchronized (this) {
      gate = running;
      in = admitted;
    }
    return gate.map(g -> g.session().troubles())
        .filter(troubles -> troubles.size() > 1)
        .flatMap(
            troubles ->
                in.map(
                    a ->
                        new ClusterTrouble(a.cluster().name(), troubles.get(troubles.size() - 1))));
  }

  /** What a cluster's name stands for in a monitor. */
  record ClusterTrouble(String cluster, String why) {}

  private void finished(GateSpec spec, RunningGate gate, GateSession ended, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof CancellationException) {
      // Jenkins goes down: the gate goes on from its kept session when it is back.
      release();
      return;
    }
    Report report =
        cause == null
            ? Report.of(spec, ended)
            : new BrokenOff(spec, office.secrets())
                .crashed(gate.session(), cause, office.clock().instant());
    folder.report(report).forEach(side.log()::println);
    ConsoleReport.lines(report).forEach(side.log()::println);
    boolean throwing = ordered().map(GateOrder::throwOnFailure).orElse(true);
    report(GateEnd.of(report, throwing, stopped()));
    close();
  }

  private void refused(RefusedException why) {
    Optional<GateSession> before = kept();
    if (before.isPresent() && !before.get().ended()) {
      // It had begun before Jenkins stopped: whoever looks must find what it left.
      office.abandon(now(), folder, why.getMessage());
    }
    report(GateEnd.refused(why));
    close();
  }

  private Optional<GateSession> kept() {
    try {
      return folder.load();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private void report(GateEnd end) {
    side.reported(end);
    tell(end);
  }

  private void tell(GateEnd end) {
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
    }
    side.ended(end, ordered().map(GateOrder::archive).orElse(false));
  }

  private synchronized Optional<GateOrder> ordered() {
    return order;
  }

  private void close() {
    release();
    office.ended(now());
  }

  private void release() {
    Optional<ClusterClients.Lease> mine;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      mine = lease;
    }
    mine.ifPresent(ClusterClients.Lease::close);
    office.gone(this);
  }
}
