package io.jenkins.plugins.canarygate.demo;

import io.jenkins.plugins.canarygate.cli.Main;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxHoneycomb;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import io.jenkins.plugins.canarygate.sandbox.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows the main job: the real command runs a real gate file against a simulated cluster with Argo
 * Rollouts and a simulated Honeycomb, over HTTP on loopback, and then the same checks against
 * canaries of a simulated Flagger, which asks the real gate server. The canaries have been waiting
 * for ten minutes, so their telemetry is there and no rule is relaxed.
 */
public final class Demo {
  private static final Duration WAITING_SINCE = Duration.ofMinutes(10);

  /** A canary, and what is to be expected of it. */
  private record Canary(
      String service, String about, double perMinute, double errorRate, int exitCode) {}

  private static final List<Canary> CANARIES =
      List.of(
          new Canary("checkout", "a good canary", 120, 0.001, 0),
          new Canary("payment", "a bad canary: 4 % of its requests fail", 120, 0.04, 10),
          new Canary("search", "a canary with too little traffic: 6 requests a minute", 6, 0, 11));

  private static final List<Canary> OF_FLAGGER =
      List.of(
          new Canary("cart", "a good canary of Flagger", 120, 0.001, 0),
          new Canary("orders", "a bad canary of Flagger: 4 % of its requests fail", 120, 0.04, 10));

  private static final Duration FLAGGER_LOOKS = Duration.ofMillis(300);

  private final PrintStream out;

  Demo(PrintStream out) {
    this.out = out;
  }

  /** Never ends the process by itself: Maven runs it in its own. */
  public static void main(String[] args) throws Exception {
    List<String> surprises = new Demo(System.out).run();
    if (!surprises.isEmpty()) {
      throw new IllegalStateException(String.join("; ", surprises));
    }
  }

  /** Runs it; answers what went otherwise than it should. */
  List<String> run() throws Exception {
    Path folder = Files.createTempDirectory("canary-gate-demo");
    List<String> surprises = new ArrayList<>();
    ScheduledExecutorService controller = Executors.newSingleThreadScheduledExecutor();
    try (Sandbox sandbox = new Sandbox(InstantSource.system());
        GateServerHere server = new GateServerHere(sandbox.cluster())) {
      controller.scheduleWithFixedDelay(sandbox.cluster()::tick, 200, 200, TimeUnit.MILLISECONDS);
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfig(sandbox));
      Path gate = copy("gate.yaml", folder);
      for (Canary canary : CANARIES) {
        deploy(sandbox, canary);
        surprises.addAll(surprise(canary, gate(sandbox, canary, gate, kubeconfig, folder)));
      }
      Path ofFlagger = copy("gate-flagger.yaml", folder);
      sandbox.cluster().flagger().shortestInterval(FLAGGER_LOOKS);
      sandbox.cluster().flagger().controlLoop(FLAGGER_LOOKS);
      for (Canary canary : OF_FLAGGER) {
        deployForFlagger(sandbox, canary, server.url());
        surprises.addAll(surprise(canary, gate(sandbox, canary, ofFlagger, kubeconfig, folder)));
      }
      out.println();
      out.println("Reports: " + folder.resolve("reports"));
    } finally {
      controller.shutdownNow();
    }
    return surprises;
  }

  private static Path copy(String name, Path folder) throws IOException {
    try (InputStream file = Demo.class.getResourceAsStream("/demo/" + name)) {
      return Files.write(folder.resolve(name), file.readAllBytes());
    }
  }

  private static List<String> surprise(Canary canary, int exitCode) {
    return exitCode == canary.exitCode()
        ? List.of()
        : List.of(canary.service() + " exited " + exitCode + " instead of " + canary.exitCode());
  }

  /** Flagger shifts the traffic, asks the gate server, is told to wait, and has waited since. */
  private static void deployForFlagger(Sandbox sandbox, Canary canary, String server) {
    String image = "registry.example/" + canary.service();
    SandboxCanary deployed =
        sandbox
            .cluster()
            .canary("shop", canary.service())
            .weighted(20, 60)
            .interval("1s")
            .image(image + ":1.0")
            .gatedBy(server)
            .create()
            .awaitPhase("Initialized")
            .deploy(image + ":2.0")
            .awaitPhase("WaitingPromotion");
    Instant since = Instant.now().minus(WAITING_SINCE);
    deployed.inPhaseSince(since);
    String column = "k8s.deployment.name";
    sandbox
        .honeycomb()
        .dataset(canary.service())
        .service(column, canary.service() + "-primary", since)
        .perMinute(480)
        .errorRate(0.001);
    sandbox
        .honeycomb()
        .dataset(canary.service())
        .service(column, canary.service(), since)
        .perMinute(canary.perMinute())
        .errorRate(canary.errorRate());
  }

  private static void deploy(Sandbox sandbox, Canary canary) {
    Instant since = Instant.now().minus(WAITING_SINCE);
    SandboxCluster cluster = sandbox.cluster();
    SandboxRollout rollout =
        cluster
            .rollout("shop", canary.service())
            .canary()
            .steps(Step.setWeight(20), Step.pause(), Step.setWeight(60), Step.pause())
            .image("registry.example/" + canary.service() + ":1.0")
            .create()
            .deploy("registry.example/" + canary.service() + ":2.0")
            .pausedSince(since);
    telemetry(sandbox.honeycomb(), canary.service(), rollout.stableHash(), since, 480, 0.001);
    telemetry(
        sandbox.honeycomb(),
        canary.service(),
        rollout.currentHash(),
        since,
        canary.perMinute(),
        canary.errorRate());
  }

  private static void telemetry(
      SandboxHoneycomb honeycomb,
      String service,
      String hash,
      Instant since,
      double perMinute,
      double errorRate) {
    honeycomb
        .dataset(service)
        .service("k8s.replicaset.name", service + "-" + hash, since)
        .perMinute(perMinute)
        .errorRate(errorRate);
  }

  private int gate(Sandbox sandbox, Canary canary, Path gate, Path kubeconfig, Path folder) {
    String image = "registry.example/" + canary.service() + ":2.0";
    out.println();
    out.println("=== " + canary.service() + ": " + canary.about());
    out.println(
        "$ canary-gate run "
            + gate.getFileName()
            + " --set service="
            + canary.service()
            + " --set image="
            + image);
    String[] args = {
      "run",
      gate.toString(),
      "--set",
      "service=" + canary.service(),
      "--set",
      "image=" + image,
      "--kubeconfig",
      kubeconfig.toString(),
      "--report",
      folder.resolve("reports").resolve(canary.service()).toString()
    };
    Map<String, String> environment =
        Map.of(
            "HONEYCOMB_API_KEY",
            sandbox.honeycomb().key(),
            "HONEYCOMB_API_URL",
            sandbox.honeycomb().url(),
            "NO_COLOR",
            "1");
    int exitCode = Main.run(args, out, out, environment);
    out.println("exit code " + exitCode);
    return exitCode;
  }

  private static String kubeconfig(Sandbox sandbox) {
    try (InputStream file = Demo.class.getResourceAsStream("/demo/kubeconfig.yaml")) {
      return new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .replace("SERVER", sandbox.cluster().url())
          .replace("TOKEN", sandbox.cluster().token());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
