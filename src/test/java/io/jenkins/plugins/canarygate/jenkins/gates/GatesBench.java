package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Limits;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxHoneycomb;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A controller's gates over a simulated cluster and Honeycomb, with builds in memory. */
final class GatesBench implements AutoCloseable {
  static final String JOB = "shop/checkout";

  final Sandbox sandbox = new Sandbox(InstantSource.system());
  final Path home;
  final Map<String, Key> credentials = new ConcurrentHashMap<>();
  private final ScheduledExecutorService controller = Executors.newSingleThreadScheduledExecutor();

  volatile Settings settings;
  ControllerGates gates;

  GatesBench(Path home) {
    this.home = home;
    credentials.put("token", new Key(false, SandboxCluster.TOKEN));
    credentials.put("key", new Key(false, SandboxHoneycomb.KEY));
    settings = settings(PolicyFloor.NONE, Limits.NONE, false, everything());
    controller.scheduleWithFixedDelay(sandbox.cluster()::tick, 50, 50, TimeUnit.MILLISECONDS);
    gates = open();
  }

  private ControllerGates open() {
    return new ControllerGates(() -> settings, this::find, home.resolve("canary-gate"));
  }

  Key find(String id) throws RefusedException {
    Key key = credentials.get(id);
    if (key == null) {
      throw new RefusedException("there is no credential " + id);
    }
    return key;
  }

  static Allowance everything() {
    return new Allowance(
        List.of("shop/**"),
        List.of("shop"),
        Set.of(Action.PROMOTE, Action.PROMOTE_FULLY, Action.ABORT, Action.PAUSE));
  }

  Settings settings(
      PolicyFloor floor, Limits limits, boolean actingStopped, Allowance... allowances) {
    return new Settings(
        List.of(
            new ClusterSettings(
                "prod", sandbox.cluster().url(), "", "token", false, List.of(allowances))),
        List.of(
            new HoneycombSettings("prod", sandbox.honeycomb().url(), "key", 60, List.of("shop/*"))),
        List.of(),
        floor,
        limits,
        actingStopped,
        Optional.empty());
  }

  /** A rollout that has waited at its pause for some time. */
  SandboxRollout waiting(double canaryErrors) {
    return sandbox.waiting(
        "shop", "checkout", Instant.now().minus(Duration.ofMinutes(10)), 0.001, canaryErrors);
  }

  /** A rollout on its way to its pause, where it never comes. */
  SandboxRollout stable() {
    return sandbox
        .cluster()
        .rollout("shop", "checkout")
        .canary()
        .steps(
            io.jenkins.plugins.canarygate.sandbox.Step.setWeight(20),
            io.jenkins.plugins.canarygate.sandbox.Step.pause())
        .image("registry.example/checkout:1")
        .create();
  }

  static String gate(String... more) {
    return """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: {image: "registry.example/checkout:2"}
          cohorts:
            canary: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "checkout-${rollout.canary}"}]}
            stable: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "checkout-${rollout.stable}"}]}
          checks:
            - name: error rate
              honeycomb:
                dataset: checkout
                query: {calculations: [{op: AVG, column: error}]}
              fail: "> 1%"
        """
        + String.join("\n", more).indent(2);
  }

  static GateText.Source text(String yaml) {
    return order -> new GateText.Bytes("gate.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  static GateOrder order() {
    return new GateOrder(
        GateOrder.VERSION,
        Optional.of("gate.yaml"),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        false,
        false);
  }

  MemoryBuild build(int number) {
    try {
      Path folder = home.resolve("jobs/checkout/builds/" + number);
      Files.createDirectories(folder);
      return new MemoryBuild(JOB, number, folder.resolve("canary-gate/7"), this::find);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins a gate in a build of its own. */
  MemoryBuild begin(String yaml) {
    MemoryBuild build = build(1);
    gates.begin(build.key(), order(), text(yaml), build);
    return build;
  }

  /** As if Jenkins had been stopped, and started again. */
  void restart() {
    gates.close();
    gates = open();
  }

  @Override
  public void close() {
    gates.close();
    controller.shutdownNow();
    sandbox.close();
  }
}
