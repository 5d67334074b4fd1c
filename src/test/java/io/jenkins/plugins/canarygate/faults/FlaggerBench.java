package io.jenkins.plugins.canarygate.faults;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.sandbox.CanaryBuilder;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Flagger in a hurry, a Honeycomb, and the gate server and the gate in processes of their own, as
 * a cluster and a pipeline run them.
 */
final class FlaggerBench implements AutoCloseable {
  static final String OLD = "registry.example/checkout:1";
  static final String NEW = "registry.example/checkout:2";
  static final String NEWER = "registry.example/checkout:3";
  private static final Pattern FLAGGER =
      Pattern.compile("listening at (\\S+) for Flagger's webhooks");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  final Sandbox sandbox = new Sandbox(InstantSource.system());
  final Map<String, String> env;
  final Replicas replicas = new Replicas();
  private final Path folder;
  private final List<ChildGate> servers = new ArrayList<>();
  private final List<HttpServer> others = new ArrayList<>();
  private final ScheduledExecutorService controller = Executors.newScheduledThreadPool(1);

  FlaggerBench(Path folder) {
    this.folder = folder;
    sandbox.cluster().flagger().shortestInterval(INTERVAL);
    sandbox.cluster().flagger().controlLoop(INTERVAL);
    controller.scheduleWithFixedDelay(sandbox.cluster()::tick, 50, 50, TimeUnit.MILLISECONDS);
    write("kubeconfig", ChildBench.kubeconfig(sandbox));
    env =
        Map.of(
            "KUBECONFIG", folder.resolve("kubeconfig").toString(),
            "HONEYCOMB_API_KEY", sandbox.honeycomb().key(),
            "HONEYCOMB_API_URL", sandbox.honeycomb().url());
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one more replica of the gate server. */
  ChildGate serve() {
    ChildGate server =
        ChildGate.start(env, "serve", "--listen", "127.0.0.1:0", "--flagger-listen", "127.0.0.1:0");
    servers.add(server);
    server.until(() -> FLAGGER.matcher(server.out() + server.err()).find());
    Matcher url = FLAGGER.matcher(server.out() + server.err());
    url.find();
    replicas.add(url.group(1));
    return server;
  }

  /** A webhook of somebody else, who does something before he says yes. */
  String yesAfter(Runnable something) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            something.run();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
      others.add(server);
      return "http://127.0.0.1:" + server.getAddress().getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CanaryBuilder canary() {
    return sandbox
        .cluster()
        .canary("shop", "checkout")
        .image(OLD)
        .interval("1s")
        .gatedBy(replicas.url());
  }

  /**
   * Deploys the new image, and lets it come to the promotion, where it has waited for a quarter of
   * an hour.
   *
   * @param errors share of its requests that failed
   */
  SandboxCanary waiting(CanaryBuilder builder, double errors) {
    SandboxCanary canary = builder.create();
    until(() -> canary.phase().equals("Initialized"));
    canary.deploy(NEW);
    until(() -> canary.phase().equals("WaitingPromotion"));
    Instant since = Instant.now().minusSeconds(900);
    canary.inPhaseSince(since);
    telemetry("checkout-primary", since, 0.001);
    telemetry("checkout", since, errors);
    sandbox.cluster().forgetRequests();
    return canary;
  }

  private void telemetry(String workload, Instant since, double errors) {
    sandbox
        .honeycomb()
        .dataset("checkout")
        .service("k8s.deployment.name", workload, since)
        .perMinute(120)
        .errorRate(errors);
  }

  /**
   * A gate file.
   *
   * @param delay before anything is measured: that long it is judging for sure
   */
  Path gate(String delay) {
    return write(
        "gate.yaml",
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            flagger: {namespace: shop, name: checkout}
            revision: {image: "%s"}
          cohorts:
            canary: {honeycomb: [{column: k8s.deployment.name, op: "=", value: "${rollout.canary}"}]}
          checks:
          - name: error rate
            honeycomb:
              dataset: checkout
              query: {calculations: [{op: AVG, column: error}]}
            fail: "> 1%%"
            window: 5m
            initialDelay: %s
        """
            .formatted(NEW, delay));
  }

  ChildGate run(Path gate) {
    return ChildGate.start(
        env,
        "run",
        gate,
        "--session",
        folder.resolve("session.json"),
        "--report",
        folder.resolve("reports"));
  }

  /** Whether the kept session says so. */
  boolean kept(String text) {
    try {
      Path session = folder.resolve("session.json");
      return Files.exists(session) && Files.readString(session).contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  Report report() {
    try {
      return JsonReport.read(Files.readString(folder.resolve("reports/report.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The writes that set a decision. */
  List<RecordedRequest> decisions() {
    return sandbox.cluster().writes().stream()
        .filter(write -> write.call() == Call.PATCH)
        .filter(write -> write.json().at("/metadata/annotations").has("canary-gate/decision"))
        .filter(write -> write.json().at("/metadata/annotations/canary-gate~1decision").isTextual())
        .toList();
  }

  void until(BooleanSupplier condition) {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          throw new AssertionError(
              "it did not come about: " + sandbox.cluster().flagger().events("shop", "checkout"));
        }
        never.await(20, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    controller.shutdownNow();
    servers.forEach(ChildGate::close);
    others.forEach(server -> server.stop(0));
    replicas.close();
    sandbox.close();
  }
}
