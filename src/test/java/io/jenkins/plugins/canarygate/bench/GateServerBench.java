package io.jenkins.plugins.canarygate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.cli.GatedCanary;
import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the gate server takes with 1,000 Canaries: answers at a steady rate, and memory over many
 * requests. {@code GateServerBench PER_SECOND SECONDS REQUESTS STEPS [URL PATH STATUS BODY]}; the
 * last four measure another server the same way.
 *
 * <p>One in ten questions is answered yes, by a look at the Canary and its target; the others are
 * answered no by the watch, as Flagger's are while gates judge.
 */
public final class GateServerBench {
  private static final int CANARIES = 1_000;
  private static final int CONNECTIONS = 16;
  private static final double MEGABYTE = 1 << 20;

  private final List<String> bodies = new ArrayList<>();

  private GateServerBench() {}

  public static void main(String[] args) throws Exception {
    int perSecond = Integer.parseInt(args[0]);
    int seconds = Integer.parseInt(args[1]);
    if (args.length > 4) {
      other(perSecond, seconds, args);
      return;
    }
    new GateServerBench()
        .measure(perSecond, seconds, Long.parseLong(args[2]), Integer.parseInt(args[3]));
  }

  private static void other(int perSecond, int seconds, String[] args) throws Exception {
    Asking.Request request = new Asking.Request("all", args[5], args[7], Integer.parseInt(args[6]));
    Asking asking = new Asking(args[4], CONNECTIONS);
    asking.ask(2_000, 0, i -> request);
    rates();
    print(perSecond, asking.ask((long) perSecond * seconds, perSecond, i -> request));
  }

  private void measure(int perSecond, int seconds, long requests, int steps) throws Exception {
    Path kubeconfig = Files.createTempFile("bench", ".kubeconfig");
    try (SandboxCluster cluster = new SandboxCluster(InstantSource.system())) {
      cluster.recordRequests(false);
      for (int i = 0; i < CANARIES; i++) {
        GatedCanary canary = GatedCanary.waiting(cluster, "team-" + i % 20, "app-" + i);
        bodies.add((i % 10 == 0 ? canary.decide(Decision.Action.PROMOTE) : canary).body());
      }
      Files.writeString(kubeconfig, kubeconfig(cluster));
      // One processor, as in a pod with one CPU; the options are those of the installation.
      try (Child server =
          new Child(
              List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1"),
              GateServerProcess.class,
              kubeconfig.toString())) {
        Asking asking = new Asking(server.tell("url").path("url").asText(), CONNECTIONS);
        asking.ask(20_000, 0, this::request);
        rates();
        long before = server.tell("use").path("cpuNanos").asLong();
        print(perSecond, asking.ask((long) perSecond * seconds, perSecond, this::request));
        long cpu = server.tell("use").path("cpuNanos").asLong() - before;
        System.out.printf(
            Locale.ROOT,
            "%nthe server's CPU meanwhile: %.0f %% of one core%n%n",
            cpu / 1e7 / seconds);
        endure(server, asking, requests, steps);
      }
    } finally {
      Files.delete(kubeconfig);
    }
  }

  private void endure(Child server, Asking asking, long requests, int steps) throws Exception {
    System.out.println("| requests | live heap MB | resident MB | threads | requests/s |");
    System.out.println("|---|---|---|---|---|");
    use(server, 0, 0);
    for (int i = 1; i <= steps; i++) {
      long begin = System.nanoTime();
      asking.ask(requests / steps, 0, this::request);
      use(server, requests / steps * i, requests / steps * 1e9 / (System.nanoTime() - begin));
    }
  }

  private Asking.Request request(long number) {
    int canary = (int) (number * 7 % CANARIES);
    String body = bodies.get(canary);
    return canary % 10 == 0
        ? new Asking.Request("yes, by a look", "/confirm-promotion", body, 200)
        : new Asking.Request(
            "no, by the watch", number % 2 == 0 ? "/confirm-promotion" : "/rollback", body, 403);
  }

  private static void rates() {
    System.out.println("| requests/s | answer | number | min ms | p50 | p99 | max |");
    System.out.println("|---|---|---|---|---|---|---|");
  }

  private static void print(int perSecond, Map<String, Spread> micros) {
    micros.forEach(
        (kind, spread) ->
            System.out.printf(
                Locale.ROOT,
                "| %d | %s | %,d | %.2f | %.2f | %.2f | %.2f |%n",
                perSecond,
                kind,
                spread.size(),
                spread.at(0) / 1e3,
                spread.median() / 1e3,
                spread.at(0.99) / 1e3,
                spread.at(1) / 1e3));
  }

  private static void use(Child server, long requests, double perSecond) throws Exception {
    JsonNode use = server.tell("use");
    System.out.printf(
        Locale.ROOT,
        "| %,d | %.1f | %.0f | %d | %,.0f |%n",
        requests,
        use.path("heap").asLong() / MEGABYTE,
        use.path("resident").asLong() / MEGABYTE,
        use.path("threads").asInt(),
        perSecond);
  }

  private static String kubeconfig(SandboxCluster cluster) {
    return """
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
        .formatted(cluster.url(), cluster.token());
  }
}
