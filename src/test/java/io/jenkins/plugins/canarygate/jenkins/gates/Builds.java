package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.sandbox.Fleet;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Many builds of one controller, each waiting for a gate at a rollout of its own. */
public final class Builds implements AutoCloseable {
  private static final String GATE =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: NAME}
      spec:
        rollout:
          argo: {namespace: NAMESPACE, name: NAME}
          revision: any
        at: {step: 3}
        checks:
          - name: argo agrees
            argo: {analysisRuns: required}
        timeouts: {start: 4h, total: 8h}
      """;

  private final SandboxCluster cluster;
  private final Path home;
  private final int namespaces;
  private final int each;
  private final List<MemoryBuild> builds = new ArrayList<>();
  private final List<Long> nanos = new ArrayList<>();
  private ControllerGates gates;

  /**
   * @param home a folder for the builds
   * @param namespaces how many namespaces the rollouts are in
   * @param each how many in each
   */
  public Builds(SandboxCluster cluster, Path home, int namespaces, int each) {
    this.cluster = cluster;
    this.home = home;
    this.namespaces = namespaces;
    this.each = each;
    new Fleet(cluster).create(namespaces, each);
    this.gates = open();
  }

  private ControllerGates open() {
    Settings settings =
        new Settings(
            List.of(
                new ClusterSettings(
                    "prod",
                    cluster.url(),
                    "",
                    "token",
                    false,
                    List.of(
                        new Allowance(
                            List.of("**"), List.of("*"), Set.of(Action.PROMOTE, Action.ABORT))))),
            List.of(),
            List.of(),
            PolicyFloor.NONE,
            Settings.Limits.NONE,
            false,
            Optional.empty());
    return new ControllerGates(
        () -> settings, id -> new Key(false, SandboxCluster.TOKEN), home.resolve("canary-gate"));
  }

  /** Begins all gates, as steps do on Pipeline's thread. */
  public void begin() throws IOException {
    for (int number = 1; number <= namespaces * each; number++) {
      MemoryBuild build = build(number);
      Files.createDirectories(build.folder().getParent().getParent());
      String gate =
          GATE.replace("NAMESPACE", "bench-" + (number - 1) / each)
              .replace("NAME", "app-" + (number - 1) % each);
      byte[] bytes = gate.getBytes(StandardCharsets.UTF_8);
      long start = System.nanoTime();
      gates.begin(
          build.key(), GatesBench.order(), order -> new GateText.Bytes("gate.yaml", bytes), build);
      nanos.add(System.nanoTime() - start);
      builds.add(build);
    }
  }

  /** How long each step took on Pipeline's thread, in milliseconds, sorted. */
  public List<Double> pipelineMillis() {
    return nanos.stream().sorted().map(time -> time / 1e6).toList();
  }

  /** As if Jenkins had been stopped and started: all gates are gone on with. */
  public void restart() {
    gates.close();
    gates = open();
    builds.replaceAll(
        old -> {
          MemoryBuild build = build(builds.indexOf(old) + 1);
          return build;
        });
    for (MemoryBuild build : builds) {
      gates.begin(
          build.key(),
          GatesBench.order(),
          order -> {
            throw new RefusedException("the gate is kept");
          },
          build);
    }
  }

  private MemoryBuild build(int number) {
    return new MemoryBuild(
        "shop/app",
        number,
        home.resolve("builds").resolve(String.valueOf(number)).resolve("canary-gate").resolve("7"),
        id -> new Key(false, SandboxCluster.TOKEN));
  }

  /** Whether all gates have looked at their rollout; none may have ended. */
  public boolean allLooked() {
    builds.stream()
        .filter(MemoryBuild::over)
        .findFirst()
        .ifPresent(
            build -> {
              throw new AssertionError("a gate has ended: " + build.end().message());
            });
    return builds.size() == namespaces * each
        && builds.stream()
            .allMatch(
                build ->
                    gates
                        .report(build.key())
                        .map(r -> r.rollout().where().isPresent())
                        .orElse(false));
  }

  /** How many have ended, which none should. */
  public long ended() {
    return builds.stream().filter(MemoryBuild::over).count();
  }

  @Override
  public void close() {
    gates.close();
  }
}
