package io.jenkins.plugins.canarygate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxHoneycomb;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What named checks take: answers at a steady rate from several replicas, and what that costs
 * Honeycomb and the API server. {@code NamedChecksBench PER_SECOND SECONDS REPLICAS TOKENS
 * [REQUESTS STEPS]}: of all replicas together, each with one processor; so many tokens are known.
 * The last two ask the first replica so many more, as fast as it answers, and show its memory at
 * each step.
 */
public final class NamedChecksBench {
  private static final int CONNECTIONS = 16;
  private static final String TOKEN = "token-of-the-bench";
  private static final int SERVICES = 5;
  private static final double MEGABYTE = 1 << 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<URI> questions = new ArrayList<>();

  private NamedChecksBench() {}

  public static void main(String[] args) throws Exception {
    new NamedChecksBench()
        .measure(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            args.length > 4 ? Long.parseLong(args[4]) : 0,
            args.length > 5 ? Integer.parseInt(args[5]) : 1);
  }

  private void measure(
      int perSecond, int seconds, int replicas, int tokens, long requests, int steps)
      throws Exception {
    Path folder = Files.createTempDirectory("bench");
    List<Child> servers = new ArrayList<>();
    try (SandboxCluster cluster = new SandboxCluster(InstantSource.system());
        SandboxHoneycomb honeycomb = new SandboxHoneycomb(InstantSource.system())) {
      honeycomb
          .dataset("checkout")
          .service("name", "checkout", Instant.now().minusSeconds(3600))
          .errorRate(0.02);
      cluster.keptn().answers().otherwise("0.001");
      cluster
          .keptn("v1")
          .provider("prometheus", "prometheus")
          .template("errors", "prometheus", "errors{deployment=\"{{.workload}}\"}")
          .definition("checkout", 90, 50, SandboxKeptn.objective("errors", "0.05", "0.01"));
      write(folder, cluster, tokens);
      for (int i = 0; i < replicas; i++) {
        Child server =
            new Child(
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1"),
                NamedChecksProcess.class,
                folder.resolve("config").toString(),
                honeycomb.url(),
                honeycomb.key(),
                folder.resolve("checks.yaml").toString(),
                folder.resolve("tokens").toString());
        servers.add(server);
        questions.add(
            URI.create(
                server.tell("url").path("url").asText()
                    + "/argo/measure?check=error-rate&service=checkout"));
      }
      System.out.println("| requests/s | number | min ms | p50 | p99 | max |");
      System.out.println("|---|---|---|---|---|---|");
      ask(5_000, 0);
      cluster.forgetRequests();
      honeycomb.forgetRequests();
      long cpu = cpu(servers);
      Spread micros = ask((long) perSecond * seconds, perSecond);
      cpu = cpu(servers) - cpu;
      System.out.printf(
          Locale.ROOT,
          "| %d | %,d | %.2f | %.2f | %.2f | %.2f |%n",
          perSecond,
          micros.size(),
          micros.at(0) / 1e3,
          micros.median() / 1e3,
          micros.at(0.99) / 1e3,
          micros.at(1) / 1e3);
      tell(seconds, replicas, cpu, cluster, honeycomb);
      for (Child server : servers) {
        JsonNode use = server.tell("use");
        System.out.printf(
            Locale.ROOT,
            "a replica: %.1f MB of live heap, %d threads%n",
            use.path("heap").asLong() / MEGABYTE,
            use.path("threads").asInt());
      }
      if (requests > 0) {
        cluster.recordRequests(false);
        endure(servers.get(0), requests, steps);
      }
    } finally {
      for (Child server : servers) {
        server.close();
      }
    }
  }

  /**
   * Six questions in ten are for the check of Honeycomb, three for one of Keptn with several
   * arguments, which is measured every two seconds, and one is for a check that is not there.
   */
  private static void endure(Child server, long requests, int steps) throws Exception {
    Asking asking =
        new Asking(
            server.tell("url").path("url").asText(),
            CONNECTIONS,
            "Authorization: Bearer " + TOKEN + "\r\n");
    System.out.println("\n| questions | live heap MB | threads | measurements | questions/s |");
    System.out.println("|---|---|---|---|---|");
    memory(server, 0, 0);
    for (int i = 1; i <= steps; i++) {
      long begin = System.nanoTime();
      asking.ask(requests / steps, 0, NamedChecksBench::question);
      memory(server, requests / steps * i, requests / steps * 1e9 / (System.nanoTime() - begin));
    }
  }

  private static Asking.Request question(long number) {
    int of = (int) (number % 10);
    if (of == 0) {
      return new Asking.Request("unknown", "/argo/measure", "{\"check\":\"nothing\"}", 404);
    }
    String body =
        of < 7
            ? "{\"check\":\"error-rate\",\"service\":\"checkout\"}"
            : "{\"check\":\"objectives\",\"service\":\"service-" + number / 10 % SERVICES + "\"}";
    return new Asking.Request("known", "/argo/measure", body, 200);
  }

  private static void memory(Child server, long requests, double perSecond) throws Exception {
    JsonNode use = server.tell("use");
    System.out.printf(
        Locale.ROOT,
        "| %,d | %.1f | %d | %,d | %,.0f |%n",
        requests,
        use.path("heap").asLong() / MEGABYTE,
        use.path("threads").asInt(),
        use.path("measurements").asLong(),
        perSecond);
  }

  private static void tell(
      int seconds, int replicas, long cpu, SandboxCluster cluster, SandboxHoneycomb honeycomb) {
    long results =
        honeycomb.requests().stream()
            .filter(r -> r.method().equals("POST") && r.path().contains("/query_results/"))
            .count();
    long leases = cluster.requests().stream().filter(r -> r.path().contains("/leases")).count();
    System.out.printf(
        Locale.ROOT,
        "%nin %d s: %d Honeycomb results, %d requests about Leases, %.0f %% of one core for all %d"
            + " replicas%n",
        seconds,
        results,
        leases,
        cpu / 1e7 / seconds,
        replicas);
  }

  private static long cpu(List<Child> servers) throws IOException {
    long all = 0;
    for (Child server : servers) {
      all += server.tell("use").path("cpuNanos").asLong();
    }
    return all;
  }

  /** Microseconds from when each request was due until its answer. */
  private Spread ask(long number, int perSecond) throws Exception {
    AtomicLong next = new AtomicLong();
    long begin = System.nanoTime() + 50_000_000;
    ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<List<Double>>> parts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        parts.add(
            pool.submit(
                () -> {
                  List<Double> micros = new ArrayList<>();
                  for (long n = next.getAndIncrement(); n < number; n = next.getAndIncrement()) {
                    micros.add(one(n, perSecond, begin));
                  }
                  return micros;
                }));
      }
      List<Double> all = new ArrayList<>();
      for (Future<List<Double>> part : parts) {
        all.addAll(part.get());
      }
      return Spread.of(all.stream().mapToDouble(Double::doubleValue).toArray());
    } finally {
      pool.shutdownNow();
    }
  }

  private double one(long number, int perSecond, long begin) throws Exception {
    long due = perSecond == 0 ? System.nanoTime() : begin + number * 1_000_000_000L / perSecond;
    while (System.nanoTime() < due) {
      LockSupport.parkNanos(due - System.nanoTime());
    }
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(questions.get((int) (number % questions.size())))
                .header("Authorization", "Bearer " + TOKEN)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200 || !answer.body().contains("\"value\":0.0")) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return (System.nanoTime() - due) / 1000.0;
  }

  private static void write(Path folder, SandboxCluster cluster, int tokens) throws Exception {
    Files.writeString(
        folder.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: here, context: {cluster: sandbox, user: me}}
        clusters:
        - {name: sandbox, cluster: {server: "%s"}}
        users:
        - {name: me, user: {token: %s}}
        """
            .formatted(cluster.url(), cluster.token()));
    Files.writeString(
        folder.resolve("checks.yaml"),
        """
        apiVersion: canary-gate/v1
        kind: Checks
        spec:
          arguments: {service: {pattern: "[a-z0-9-]{1,40}"}}
          checks:
            - name: error-rate
              honeycomb: {dataset: "${service}", query: {calculations: [{op: AVG, column: error}]}}
              minimumSamples: 100
            - name: objectives
              keptn:
                analysis:
                  namespace: shop
                  definition: checkout
                  recent: 1m
                  args: {workload: "${service}"}
              interval: 2s
              maxAge: 2m
        """);
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i < tokens; i++) {
      lines.append(hash("another-" + i)).append(" shop *\n");
    }
    Files.writeString(folder.resolve("tokens"), lines.append(hash(TOKEN)).append(" shop *\n"));
  }

  private static String hash(String token) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
  }
}
