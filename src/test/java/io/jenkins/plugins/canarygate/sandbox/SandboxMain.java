package io.jenkins.plugins.canarygate.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The sandbox as a process of its own, for benchmarks: {@code SandboxMain KUBERNETES-PORT
 * HONEYCOMB-PORT CONTROL-PORT NAMESPACES ROLLOUTS-EACH}. A port 0 is any that is free; what became
 * of it is the first line of the output, as JSON. The rollouts {@code bench-0/app-0}… wait at a
 * pause at once, with telemetry in the dataset {@code bench}.
 *
 * <p>The control port knows {@code POST /sandbox/fleet?namespaces=&rollouts=}, {@code
 * /sandbox/deploy?namespace=&name=&image=} and {@code promote}, {@code abort} alike, {@code
 * /sandbox/drop-watches}, {@code /sandbox/expire-watches}, {@code GET /sandbox/stats} and {@code
 * POST /sandbox/stop}.
 */
public final class SandboxMain {
  private final SandboxCluster cluster;
  private final SandboxHoneycomb honeycomb;
  private final HttpServer control;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sandbox-tick");
            thread.setDaemon(true);
            return thread;
          });

  SandboxMain(int kubernetes, int honeycombPort, int controlPort) throws IOException {
    InstantSource clock = InstantSource.system();
    cluster = new SandboxCluster(clock, kubernetes);
    cluster.recordRequests(false);
    honeycomb = new SandboxHoneycomb(clock, honeycombPort);
    control =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName("127.0.0.1"), controlPort), 0);
    control.createContext("/sandbox/", this::handle);
    control.start();
    ticker.scheduleWithFixedDelay(cluster::tick, 200, 200, TimeUnit.MILLISECONDS);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int[] numbers = {0, 0, 0, 1, 1};
    for (int i = 0; i < args.length; i++) {
      numbers[i] = Integer.parseInt(args[i]);
    }
    SandboxMain main = new SandboxMain(numbers[0], numbers[1], numbers[2]);
    main.fleet(numbers[3], numbers[4]);
    System.out.println(main.describe());
    main.stopped.await();
    main.close();
  }

  String describe() {
    return Json.object()
        .put("kubernetes", cluster.url())
        .put("token", cluster.token())
        .put("honeycomb", honeycomb.url())
        .put("key", honeycomb.key())
        .put("control", "http://127.0.0.1:" + control.getAddress().getPort() + "/sandbox/")
        .toString();
  }

  private void fleet(int namespaces, int rollouts) {
    for (SandboxRollout rollout : new Fleet(cluster).create(namespaces, rollouts)) {
      if (honeycomb.dataset("bench").isEmpty()) {
        Instant since = Instant.now().minusSeconds(600);
        String column = "k8s.replicaset.name";
        honeycomb
            .dataset("bench")
            .service(column, rollout.name() + "-" + rollout.stableHash(), since);
        honeycomb
            .dataset("bench")
            .service(column, rollout.name() + "-" + rollout.currentHash(), since);
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] answer;
    int status = 200;
    try {
      String command = exchange.getRequestURI().getPath().substring("/sandbox/".length());
      answer = carryOut(command, query(exchange)).getBytes(StandardCharsets.UTF_8);
    } catch (RuntimeException e) {
      status = 400;
      answer = (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String carryOut(String command, Map<String, String> query) {
    switch (command) {
      case "fleet" ->
          fleet(Integer.parseInt(query.get("namespaces")), Integer.parseInt(query.get("rollouts")));
      case "deploy" -> existing(query).deploy(query.get("image"));
      case "promote" -> existing(query).promoteByPerson();
      case "abort" -> existing(query).abortByPerson();
      case "drop-watches" -> cluster.dropWatches();
      case "expire-watches" -> cluster.expireWatches();
      case "stats" -> {
        return Json.object()
            .put("openWatches", cluster.openWatches())
            .put("resourceVersion", cluster.store().version())
            .toString();
      }
      case "stop" -> stopped.countDown();
      default -> throw new IllegalArgumentException("unknown command " + command);
    }
    return "ok\n";
  }

  private SandboxRollout existing(Map<String, String> query) {
    return cluster.existing(query.get("namespace"), query.get("name"));
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  void close() {
    ticker.shutdownNow();
    control.stop(0);
    cluster.close();
    honeycomb.close();
  }
}
