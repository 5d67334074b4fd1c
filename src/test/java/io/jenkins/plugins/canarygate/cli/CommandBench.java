package io.jenkins.plugins.canarygate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import io.jenkins.plugins.canarygate.sandbox.Step;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A cluster, a Honeycomb and gate files for the command, and what it said and returned. */
final class CommandBench implements AutoCloseable {
  static final String NEW = "registry.example/app:2";
  static final String KEY = "hcaik_test_0123456789";

  final Path folder;
  final SandboxCluster cluster = new SandboxCluster(InstantSource.system());
  final Map<String, String> env = new HashMap<>();
  final Queue<String> askedOfHoneycomb = new ConcurrentLinkedQueue<>();
  volatile double errorRate = 0.001;
  private final HttpServer honeycomb;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CommandBench(Path folder) {
    this.folder = folder;
    try {
      honeycomb = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    honeycomb.createContext(
        "/",
        exchange -> {
          String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
          askedOfHoneycomb.add(asked);
          byte[] answer = answer(asked).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(asked.startsWith("POST") ? 201 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    honeycomb.start();
    ticks.scheduleAtFixedRate(cluster::tick, 50, 50, TimeUnit.MILLISECONDS);
    write("config", kubeconfig(cluster.url(), SandboxCluster.TOKEN));
    env.put("KUBECONFIG", folder.resolve("config").toString());
    env.put("HONEYCOMB_API_URL", honeycombUrl());
    env.put("HONEYCOMB_API_KEY", KEY);
  }

  String honeycombUrl() {
    return "http://127.0.0.1:" + honeycomb.getAddress().getPort();
  }

  private String answer(String asked) {
    if (asked.equals("GET /1/auth")) {
      return """
          {"type":"configuration","team":{"name":"Shop"},"environment":{"name":"prod"},
           "api_key_access":{"queries":true,"columns":true,"createDatasets":true,"runQueries":true,
           "slos":true,"triggers":true,"markers":true}}""";
    }
    if (asked.startsWith("GET /1/query_results/")) {
      return """
          {"id":"r1","complete":true,"links":{"query_url":"https://ui.honeycomb.io/shop/r1"},
           "data":{"results":[{"data":{"AVG(error)":%s,"COUNT":500}}]}}"""
          .formatted(errorRate);
    }
    return "{\"id\":\"x" + askedOfHoneycomb.size() + "\"}";
  }

  static String kubeconfig(String server, String token) {
    return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: here, context: {cluster: sandbox, user: ci}}
        clusters:
        - {name: sandbox, cluster: {server: "%s"}}
        users:
        - {name: ci, user: {token: %s}}
        """
        .formatted(server, token);
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A canary at its first pause, with an analysis of the controller that still runs.
   *
   * @param measured its metric, as {@code 'successful':3}; empty if none was measured
   */
  SandboxRollout pausedCanary(String measured) {
    return pausedCanary("checkout", measured);
  }

  SandboxRollout pausedCanary(String name, String measured) {
    SandboxRollout rollout =
        cluster
            .rollout("shop", name)
            .routedCanary()
            .steps(Step.setWeight(20), Step.pause(), Step.setWeight(40), Step.pause())
            .with("{'strategy':{'canary':{'analysis':{'templates':[{'templateName':'all'}]}}}}")
            .image("registry.example/app:1")
            .create();
    rollout.deploy(NEW);
    String run = rollout.status().at("/canary/currentBackgroundAnalysisRunStatus/name").asText();
    String metrics =
        measured.isEmpty()
            ? "{'spec':{'metrics':[]}}"
            : "{'spec':{'metrics':[{'name':'errors','count':9}]},'status':{'metricResults':[{"
                + "'name':'errors','phase':'Running',"
                + measured
                + "}]}}";
    cluster
        .store()
        .change(
            new ObjectKey(Resource.ANALYSIS_RUNS, "shop", run),
            ObjectStore.Part.WHOLE,
            live -> {
              JsonNode patch = Json.of(metrics);
              live.withObject("/spec").set("metrics", patch.at("/spec/metrics"));
              live.withObject("/status").set("metricResults", patch.at("/status/metricResults"));
              return live;
            });
    return rollout;
  }

  static final String GOOD = "'count':3,'successful':3";
  static final String BAD = "'count':3,'successful':1,'failed':2";

  /** A gate that counts the controller's analysis: it needs no window, so it judges at once. */
  Path analysisGate() {
    return analysisGate("");
  }

  Path analysisGate(String more) {
    return write(
        "gate.yaml",
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          parameters: {image: {default: registry.example/app:2}}
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: {container: app, image: "${image}"}
          checks:
            - name: argo agrees
              argo: {analysisRuns: required}
        """
            + more);
  }

  /** A gate that asks Honeycomb and needs no cluster to be checked. */
  Path honeycombGate() {
    return write(
        "honeycomb.yaml",
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: any
          checks:
            - name: error rate
              honeycomb:
                dataset: checkout
                query: {calculations: [{op: AVG, column: error}]}
              fail: "> 1%"
              count: 1
        """);
  }

  int run(Object... args) {
    return run(Shutdown.NEVER, args);
  }

  int run(Shutdown shutdown, Object... args) {
    out.reset();
    err.reset();
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    PrintStream toOut = new PrintStream(out, false, StandardCharsets.UTF_8);
    PrintStream toErr = new PrintStream(err, false, StandardCharsets.UTF_8);
    Surroundings plain = Surroundings.of(toOut, toErr, env);
    Surroundings here =
        new Surroundings(
            toOut,
            toErr,
            env,
            plain.terminal(),
            shutdown,
            plain.clock(),
            folder.resolve("nobody"),
            "tester");
    int code = Main.run(words.toArray(String[]::new), here);
    toOut.flush();
    toErr.flush();
    return code;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    honeycomb.stop(0);
    cluster.close();
  }
}
