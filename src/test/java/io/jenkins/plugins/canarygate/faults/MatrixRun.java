package io.jenkins.plugins.canarygate.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombAnswers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombMarkers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSource;
import io.jenkins.plugins.canarygate.gate.GateEngine;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Phase;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.GateJob;
import io.jenkins.plugins.canarygate.host.GateListener;
import io.jenkins.plugins.canarygate.host.MemorySessionStore;
import io.jenkins.plugins.canarygate.host.RunningGate;
import io.jenkins.plugins.canarygate.host.VirtualTime;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoRolloutDriver;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Faults;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * Runs the gate of one cell from its start to its end: the real engine, host, driver and sources
 * over real HTTP to a sandbox, on virtual time, so that only the sandbox's silence takes real time.
 */
final class MatrixRun {
  /** The longest that a call may take, in real time, where silence is not what is tested. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** And where it is: each of its answers is waited for that long. */
  private static final Duration SHORT = Duration.ofMillis(300);

  /** A result is asked for so often that even that would be long. */
  private static final int SHORT_FOR_RESULTS_MILLIS = 50;

  private static final Duration CONTROLLER = Duration.ofSeconds(2);
  private static final OkHttpClient CONNECTIONS = HoneycombClient.connections(PATIENCE, PATIENCE);

  private final Cell cell;
  private final VirtualTime time = new VirtualTime();
  private final GateSpec spec = MatrixGate.GATE.spec();
  private Optional<Instant> decided = Optional.empty();
  private boolean laid;

  private MatrixRun(Cell cell) {
    this.cell = cell;
  }

  /**
   * What came of it.
   *
   * @param session as it ended
   * @param decided when it was decided
   * @param ended when it had ended
   * @param writes what was asked of the cluster, beside reading
   */
  record Result(
      Cell cell,
      GateSpec spec,
      GateSession session,
      Optional<Instant> decided,
      Instant ended,
      List<RecordedRequest> writes) {

    /** The verdict and outcome as the table names them. */
    String outcome() {
      return session.ending().orElseThrow().verdict()
          + " "
          + session.ending().orElseThrow().outcome().text();
    }

    List<RecordedRequest> promotes() {
      return writes.stream()
          .filter(w -> w.json().path("status").has("pauseConditions"))
          .filter(w -> w.json().path("status").path("pauseConditions").isNull())
          .toList();
    }
  }

  static Result of(Cell cell) {
    return new MatrixRun(cell).run();
  }

  private Result run() {
    try (Sandbox sandbox = new Sandbox(time::wall);
        KubernetesClient client = client(sandbox)) {
      sandbox.waiting(
          "shop", "checkout", time.wall().minusSeconds(600), 0.001, cell.evidence().errors());
      controller(sandbox);
      sandbox.cluster().forgetRequests();
      Map<Call, Faults> faults = new HashMap<>();
      for (Call call : Call.values()) {
        boolean honeycomb = call.compareTo(Call.AUTH) >= 0 && call != Call.OTHER;
        faults.put(call, honeycomb ? sandbox.honeycomb().faults() : sandbox.cluster().faults());
      }
      Faults on = faults.get(cell.call());
      if (cell.when() == Cell.When.START) {
        lay(on);
      }
      GateHost host = new GateHost(time.parts(WakeUps.none()), s -> new GateEngine(s)::step);
      RunningGate gate = host.start(job(sandbox, client, on));
      time.advanceUntil(
          () -> gate.done().toCompletableFuture().isDone(),
          spec.timeouts().total().plus(Duration.ofMinutes(1)));
      return new Result(
          cell,
          spec,
          gate.done().toCompletableFuture().join(),
          decided,
          time.wall(),
          sandbox.cluster().writes());
    }
  }

  private GateJob job(Sandbox sandbox, KubernetesClient client, Faults on) {
    HoneycombClient honeycomb =
        new HoneycombClient(
            connections(), sandbox.honeycomb().url(), () -> sandbox.honeycomb().key(), time::wall);
    EvidenceSource source =
        new HoneycombSource(
            honeycomb, new HoneycombQuota(3), new HoneycombAnswers(), MatrixGate.honeycomb());
    GateSession session = GateSession.begin(spec, "matrix", time.now());
    return new GateJob(
        spec,
        session,
        Optional.of(new ArgoRolloutDriver(client, spec.target(), "matrix")),
        Optional.empty(),
        Map.of("error rate", source),
        Optional.of(
            new HoneycombMarkers(honeycomb, MatrixGate.GATE.honeycomb().orElseThrow().marker())),
        new MemorySessionStore(),
        watching(on),
        Optional.empty());
  }

  /** Lays the fault when its moment has come: the host tells of a step before it carries it out. */
  private GateListener watching(Faults on) {
    return new GateListener() {
      @Override
      public void stepped(GateSession before, GateSession after, Step step) {
        if (decided.isEmpty() && after.closing().isPresent()) {
          decided = Optional.of(time.wall());
        }
        boolean now =
            switch (cell.when()) {
              case START -> false;
              case JUDGING -> after.phase() == Phase.JUDGING;
              case ACTING -> after.intent().isPresent();
              case SENT -> after.intent().map(i -> !i.sends().isEmpty()).orElse(false);
            };
        if (now) {
          lay(on);
        }
      }
    };
  }

  private void lay(Faults on) {
    if (!laid) {
      laid = true;
      Faults.Injection injection = on.on(cell.call(), cell.fault());
      if (cell.lasting()) {
        injection.untilCleared();
      } else {
        injection.times(Cell.A_FEW);
      }
    }
  }

  private void controller(Sandbox sandbox) {
    time.schedule(
        CONTROLLER,
        () -> {
          sandbox.cluster().tick();
          controller(sandbox);
        });
  }

  private Duration patience(boolean kubernetes) {
    boolean hit = kubernetes == cell.call().compareTo(Call.AUTH) < 0;
    return hit && cell.trouble() == Trouble.TIMEOUT ? SHORT : PATIENCE;
  }

  private OkHttpClient connections() {
    if (patience(false).equals(PATIENCE)) {
      return CONNECTIONS;
    }
    OkHttpClient.Builder impatient = CONNECTIONS.newBuilder();
    if (cell.call() != Call.GET_RESULT) {
      return impatient.readTimeout(SHORT).callTimeout(SHORT).build();
    }
    return impatient
        .addInterceptor(
            chain ->
                chain.request().method().equals("GET")
                    ? chain
                        .withReadTimeout(SHORT_FOR_RESULTS_MILLIS, TimeUnit.MILLISECONDS)
                        .proceed(chain.request())
                    : chain.proceed(chain.request()))
        .build();
  }

  private KubernetesClient client(Sandbox sandbox) {
    Config config = Config.empty();
    config.setMasterUrl(sandbox.cluster().url());
    config.setOauthToken(sandbox.cluster().token());
    config.setRequestTimeout((int) patience(true).toMillis());
    config.setConnectionTimeout((int) patience(true).toMillis());
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
