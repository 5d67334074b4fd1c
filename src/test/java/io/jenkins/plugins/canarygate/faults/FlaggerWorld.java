package io.jenkins.plugins.canarygate.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.GateEngine;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.GateJob;
import io.jenkins.plugins.canarygate.host.GateListener;
import io.jenkins.plugins.canarygate.host.MemorySessionStore;
import io.jenkins.plugins.canarygate.host.RunningGate;
import io.jenkins.plugins.canarygate.host.VirtualTime;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.flagger.FlaggerRolloutDriver;
import io.jenkins.plugins.canarygate.sandbox.CanaryBuilder;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.LoopbackServer;
import io.jenkins.plugins.canarygate.sandbox.kube.KubeService;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Rights;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Flagger, the gate server's answers and gates, on one virtual clock and over real HTTP. The gate
 * server has an API server's port of its own, so that its looks and the gate's fail one by one.
 */
final class FlaggerWorld implements AutoCloseable {
  static final String OLD = "registry.example/checkout:1";
  static final String NEW = "registry.example/checkout:2";
  static final String NEWER = "registry.example/checkout:3";
  static final Duration TOTAL = Duration.ofMinutes(9);
  private static final Duration CONTROLLER = Duration.ofSeconds(5);
  private static final String FILE =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: checkout}
      spec:
        rollout:
          flagger: {namespace: shop, name: checkout}
          revision: %s
        checks:
          - name: error rate
            honeycomb: {dataset: d, query: {calculations: [{op: AVG, column: error}]}}
            fail: "> 1%%"
            window: 1m
            interval: 1m
            count: 2
            failureLimit: 1
        timeouts: {start: 4m, total: 9m}
        onFail: abort
      """;

  final VirtualTime time = new VirtualTime();
  final SandboxCluster cluster = new SandboxCluster(time::wall);
  final LoopbackServer looks =
      new LoopbackServer(
          "sandbox-kubernetes-of-server",
          0,
          time::wall,
          new KubeService(
              cluster.store(),
              Resource.USUAL,
              new Rights(),
              SandboxCluster.TOKEN,
              "system:serviceaccount:canary-gate:server",
              cluster::settle));
  final LoopbackServer server;
  private final KubernetesClient ofGate;
  private final KubernetesClient ofServer;
  private final GateHost host =
      new GateHost(time.parts(WakeUps.none()), spec -> new GateEngine(spec)::step);

  /**
   * @param gatePatience how long the gate waits for the API server, in real time
   * @param serverPatience how long the gate server does
   */
  FlaggerWorld(Duration gatePatience, Duration serverPatience) {
    ofGate = client(cluster.url(), gatePatience);
    ofServer = client(looks.url(), serverPatience);
    server = new LoopbackServer("gate-server", 0, time::wall, new HooksHere(ofServer, time::wall));
    controller();
  }

  private static KubernetesClient client(String url, Duration patience) {
    Config config = Config.empty();
    config.setMasterUrl(url);
    config.setOauthToken(SandboxCluster.TOKEN);
    config.setRequestTimeout((int) patience.toMillis());
    config.setConnectionTimeout((int) patience.toMillis());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private void controller() {
    time.schedule(
        CONTROLLER,
        () -> {
          cluster.tick();
          controller();
        });
  }

  /** Describes a Canary that asks the gate server. */
  CanaryBuilder canary(String hook) {
    CanaryBuilder builder = cluster.canary("shop", "checkout").image(OLD).interval("20s");
    for (String type :
        List.of("confirm-rollout", "confirm-traffic-increase", "confirm-promotion", "rollback")) {
      builder.hook(type, server.url() + "/" + type, hook);
    }
    return builder;
  }

  /** Lets time pass until a Canary has been initialised. */
  SandboxCanary initialized(CanaryBuilder builder) {
    SandboxCanary canary = builder.create();
    time.advanceUntil(() -> canary.phase().equals("Initialized"), Duration.ofMinutes(5));
    return canary;
  }

  /**
   * A gate.
   *
   * @param revision as the gate file has it
   */
  static GateSpec spec(String revision) {
    try {
      return GateFile.read(
              FILE.formatted(revision).getBytes(StandardCharsets.UTF_8), "gate.yaml", Map.of())
          .spec();
    } catch (GateFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  RunningGate start(GateSpec spec, String id, DoubleSupplier errors, GateListener listener) {
    return host.start(
        new GateJob(
            spec,
            GateSession.begin(spec, id, time.now()),
            Optional.of(new FlaggerRolloutDriver(ofGate, spec.target(), id)),
            Optional.empty(),
            Map.of("error rate", evidence(errors)),
            Optional.empty(),
            new MemorySessionStore(),
            listener,
            Optional.empty()));
  }

  private static EvidenceSource evidence(DoubleSupplier errors) {
    return new EvidenceSource() {
      @Override
      public Preparation prepare(EvidenceContext context) {
        return Preparation.READY;
      }

      @Override
      public Map<String, Reading> measure(List<EvidenceRequest> asked, EvidenceContext context) {
        Map<String, Reading> readings = new HashMap<>();
        asked.forEach(
            one -> readings.put(one.check(), Reading.Answer.of(Values.of(errors.getAsDouble()))));
        return readings;
      }
    };
  }

  @Override
  public void close() {
    server.close();
    ofGate.close();
    ofServer.close();
    looks.close();
    cluster.close();
  }
}
