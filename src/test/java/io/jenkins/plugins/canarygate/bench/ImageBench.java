package io.jenkins.plugins.canarygate.bench;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.canarygate.cli.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * How long the image takes from exec to its first request at the cluster, beside a plain {@code
 * java} with the same jars: {@code ImageBench ROUNDS ROOT}, where ROOT is the unpacked image. They
 * take turns, all in the same bubblewrap but for the last, which is this machine's own Java.
 */
public final class ImageBench {
  private static final String LIBRARIES = "opt/canary-gate/lib/*";
  private static final String GATE =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: checkout}
      spec:
        rollout:
          argo: {namespace: shop, name: checkout}
          revision: any
        checks:
          - name: argo agrees
            argo: {analysisRuns: required}
      """;
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: here
      contexts: [{name: here, context: {cluster: bench, user: bench}}]
      clusters: [{name: bench, cluster: {server: "http://127.0.0.1:%d"}}]
      users: [{name: bench, user: {token: bench}}]
      """;

  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final Path folder;
  private final Path root;

  private ImageBench(Path root) throws IOException {
    this.root = root.toAbsolutePath();
    folder = Files.createTempDirectory("canary-gate-image");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          arrivals.add(System.nanoTime());
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    Files.writeString(folder.resolve("gate.yaml"), GATE);
    Files.writeString(
        folder.resolve("config"), KUBECONFIG.formatted(server.getAddress().getPort()));
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    ImageBench bench = new ImageBench(Path.of(args[1]));
    try {
      bench.run(Integer.parseInt(args[0]));
    } finally {
      bench.server.stop(0);
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    String java = "/opt/java/bin/java";
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("the image", inside(java, "@/opt/canary-gate/options"));
    commands.put("its Java without options", inside(java, "-cp", "/" + LIBRARIES));
    commands.put(
        "plain Java " + Runtime.version().feature(),
        List.of(Child.java(), "-cp", root + "/" + LIBRARIES));
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> each : commands.entrySet()) {
        millis
            .computeIfAbsent(each.getKey(), any -> new ArrayList<>())
            .add(firstRequest(each.getValue()));
      }
    }
    System.out.println("| exec to the first request | number | min ms | p50 | p99 | max |");
    System.out.println("|---|---|---|---|---|---|");
    millis.forEach(
        (what, values) ->
            System.out.println(
                "| "
                    + what
                    + " | "
                    + Spread.of(values.stream().mapToDouble(Double::doubleValue).toArray()).cells()
                    + " |"));
  }

  private List<String> inside(String... command) {
    List<String> words =
        new ArrayList<>(List.of("bwrap", "--die-with-parent", "--ro-bind", root.toString(), "/"));
    words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    words.addAll(List.of("--ro-bind", folder.toString(), "/workspace"));
    words.addAll(List.of(command));
    return words;
  }

  private double firstRequest(List<String> java) throws IOException, InterruptedException {
    String place = java.get(0).equals("bwrap") ? "/workspace" : folder.toString();
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of(Main.class.getName(), "plan", place + "/gate.yaml"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("KUBECONFIG", place + "/config");
    long begin = System.nanoTime();
    Process process = builder.start();
    Long first = arrivals.poll(60, TimeUnit.SECONDS);
    // What it asks afterwards belongs to no other round.
    process.waitFor();
    arrivals.clear();
    if (first == null) {
      throw new IOException("no request came from " + command);
    }
    return (first - begin) / 1e6;
  }
}
