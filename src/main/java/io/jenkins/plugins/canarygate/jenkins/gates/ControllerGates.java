package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.SystemTimers;
import io.jenkins.plugins.canarygate.host.Timers;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Limits;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import io.jenkins.plugins.canarygate.report.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The gates of one Jenkins controller: begun by steps, gone on with after a restart, ended with
 * their builds. No call blocks but those that say so.
 */
public final class ControllerGates implements AutoCloseable {
  /** A stopped gate's step ends then at the latest; an abort may still be read back for a while. */
  private static final Duration LET_GO = Duration.ofSeconds(4);

  private final Supplier<Settings> settings;
  private final Secrets secrets = new Secrets();
  private final InstantSource clock = Clock.systemUTC();
  private final GateHost host = GateHost.system();
  private final Timers timers = new SystemTimers();
  private final Desk desk = new Desk();
  private final OpenGates open;
  private final LeftBehind leftBehind;
  private final ClusterClients clusters;
  private final HoneycombAccounts honeycombs;
  private final PrometheusServers prometheusServers;
  private final ConnectionTrial trial;
  private final Map<GateKey, LiveGate> live = new ConcurrentHashMap<>();
  private final Office office = new Shared();
  private volatile boolean closed;

  /**
   * @param settings what an administrator has set; read anew each time it matters
   * @param administrator finds the administrator's credentials
   * @param home a folder of our own in Jenkins'; made when it is needed
   */
  public ControllerGates(Supplier<Settings> settings, KeyRing administrator, Path home) {
    this.settings = settings;
    KeyRing remembering = new RememberingKeys(administrator, secrets);
    this.open = new OpenGates(home);
    this.clusters = new ClusterClients(new ClusterKeys(remembering));
    this.honeycombs = new HoneycombAccounts(remembering, clock);
    this.prometheusServers = new PrometheusServers(remembering, clock);
    this.trial =
        new ConnectionTrial(clusters, honeycombs, prometheusServers, settings, secrets, clock);
    this.leftBehind = new LeftBehind(open, secrets, clock);
    desk.execute(GateOrder::warmUp);
  }

  /**
   * Begins a gate, or goes on with it after a restart: what was kept of it counts, and what is
   * handed in stands for what was not. Only hands over, never throws.
   *
   * @param order what the step asks
   * @param text where the gate is read from, on another thread
   */
  public void begin(GateKey key, GateOrder order, GateText.Source text, BuildSide side) {
    start(new LiveGate(key, order, side, office), text);
  }

  private void start(LiveGate gate, GateText.Source text) {
    if (live.putIfAbsent(gate.key(), gate) == null) {
      later(() -> gate.start(text));
    }
  }

  /**
   * Asks a gate to end. Its {@link BuildSide#ended} comes within 5 s, or, where Jenkins goes down,
   * when it is gone on with: that it is to end is kept before this returns. A second time does
   * nothing.
   *
   * @param by who or what, as {@code alice}
   * @param timedOut whether time was up for its build or stage
   * @return false if no such gate runs here: nobody will tell its end
   */
  public boolean cancel(GateKey key, String by, boolean timedOut) {
    LiveGate gate = live.get(key);
    if (gate == null) {
      return false;
    }
    gate.stop(new StopRequest(by, timedOut));
    timers.schedule(LET_GO, () -> later(gate::letGo));
    return true;
  }

  /** Asks all gates of a build to end that is over or was deleted. */
  public void cancelAll(String build, String by) {
    cancelThose(gate -> gate.now().build().equals(build), by);
  }

  /** The same for all builds of a job, or of all jobs in a folder. */
  public void cancelJob(String job, String by) {
    cancelThose(
        gate -> {
          String build = gate.now().build();
          return build.startsWith(job + "#") || build.startsWith(job + "/");
        },
        by);
  }

  private void cancelThose(Predicate<LiveGate> which, String by) {
    live.values().stream().filter(which).forEach(gate -> cancel(gate.key(), by, false));
  }

  /**
   * A job has another name now, and its builds lie elsewhere: that is noted, so that their gates
   * are found again where Jenkins stops before they have ended.
   *
   * @param from its full name before
   * @param to its full name
   */
  public void moved(String from, String to) {
    live.values().stream()
        .filter(gate -> gate.now().build().startsWith(to + "#"))
        .forEach(gate -> later(() -> moved(gate, from, to)));
  }

  private void moved(LiveGate gate, String from, String to) {
    GateKey now = gate.now();
    GateKey before = new GateKey(from + now.build().substring(to.length()), now.id());
    leftBehind.keep(now, () -> open.moved(before, now, gate.folder().path()));
  }

  /** Runs something that blocks on a thread of its own. */
  public void later(Runnable work) {
    desk.execute(work);
  }

  /**
   * Looks after gates that nobody has gone on with. Blocks while files are read.
   *
   * @param fates what became of the build of each gate
   * @return those that were found abandoned just now, with what is known of them
   */
  public Map<GateKey, Report> sweep(Function<GateKey, BuildFate> fates) {
    Map<GateKey, Report> found = new ConcurrentHashMap<>();
    Map<GateKey, LiveGate> running = new HashMap<>();
    live.values().forEach(gate -> running.put(gate.now(), gate));
    for (OpenGates.Entry entry : open.open()) {
      GateKey key = entry.key();
      LiveGate here = running.getOrDefault(key, live.get(key));
      if (here != null) {
        if (here.nobodyWaits()) {
          cancel(here.key(), "the end of its build", false);
        }
        continue;
      }
      leftBehind.look(entry, fates.apply(key)).ifPresent(report -> found.put(key, report));
    }
    return found;
  }

  /** The gates that nobody can go on with, until an administrator dismisses them. */
  public List<Abandoned> abandoned() {
    return open.abandoned();
  }

  public void dismiss(GateKey key) {
    leftBehind.keep(key, () -> open.dismissed(key));
  }

  /** Why clusters cannot be reached by their gates now, a line each, by the cluster's name. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new TreeMap<>();
    live.values().stream()
        .map(LiveGate::trouble)
        .flatMap(Optional::stream)
        .forEach(trouble -> troubles.put(trouble.cluster(), trouble.why()));
    return troubles;
  }

  /** What is known now of a gate that runs here; empty if it does not, or is being begun. */
  public Optional<Report> report(GateKey key) {
    return Optional.ofNullable(live.get(key)).flatMap(LiveGate::report);
  }

  /** How many gates run. */
  public int running() {
    return live.size();
  }

  /** Tries whether a cluster can be used. Blocks; contacts it. */
  public List<Finding> tryCluster(ClusterSettings cluster, String namespace) {
    return trial.cluster(cluster, namespace);
  }

  /** Tries whether Honeycomb can be asked. Blocks; contacts it. */
  public List<Finding> tryHoneycomb(HoneycombSettings environment) {
    return trial.honeycomb(environment);
  }

  /** Tries whether a Prometheus server can be asked. Blocks; contacts it. */
  public List<Finding> tryPrometheus(PrometheusSettings server) {
    return trial.prometheus(server);
  }

  /** Leaves all gates as they are kept, and closes connections. */
  @Override
  public void close() {
    closed = true;
    host.close();
    timers.close();
    desk.close();
    clusters.close();
    honeycombs.close();
    prometheusServers.close();
  }

  private final class Shared implements Office {
    @Override
    public Supplier<Settings> settings() {
      return settings;
    }

    @Override
    public GateHost host() {
      return host;
    }

    @Override
    public ClusterClients clusters() {
      return clusters;
    }

    @Override
    public HoneycombAccounts honeycombs() {
      return honeycombs;
    }

    @Override
    public PrometheusServers prometheusServers() {
      return prometheusServers;
    }

    @Override
    public OpenGates open() {
      return open;
    }

    @Override
    public Executor desk() {
      return desk;
    }

    @Override
    public Secrets secrets() {
      return secrets;
    }

    @Override
    public InstantSource clock() {
      return clock;
    }

    @Override
    public boolean closed() {
      return closed;
    }

    @Override
    public void admitOneMore(Limits limits) throws RefusedException {
      if (limits.gates() > 0 && host.running() >= limits.gates()) {
        throw new RefusedException(
            "as many gates wait on this controller as its administrator allows ("
                + limits.gates()
                + "); try again later, or ask for more");
      }
    }

    @Override
    public void gone(LiveGate gate) {
      // While Jenkins goes down somebody may still stop it, and that is to be kept.
      if (!closed) {
        live.remove(gate.key(), gate);
      }
    }

    @Override
    public void ended(GateKey key) {
      leftBehind.ended(key);
    }

    @Override
    public void keep(GateKey key, Keeping what) {
      leftBehind.keep(key, what);
    }

    @Override
    public void abandon(GateKey key, GateFolder folder, String why) {
      leftBehind.abandon(key, folder, why);
    }
  }
}
