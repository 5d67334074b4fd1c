package io.jenkins.plugins.canarygate.bench;

import io.jenkins.plugins.canarygate.cli.Main;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * {@code canary-gate serve} with named checks as a process of its own: {@code KUBECONFIG HONEYCOMB
 * KEY CHECKS TOKENS}. On its standard input it is asked {@code url} and {@code use}.
 */
public final class NamedChecksProcess {
  private NamedChecksProcess() {}

  public static void main(String[] args) throws IOException {
    PipedInputStream lines = new PipedInputStream(1 << 16);
    PrintStream out = new PrintStream(new PipedOutputStream(lines), true, StandardCharsets.UTF_8);
    List<String> command =
        List.of(
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--flagger-listen",
            "127.0.0.1:0",
            "--caller-rate",
            "100000",
            "--drain",
            "0",
            "--checks-namespace",
            "canary-gate",
            "--checks",
            args[3],
            "--token-file",
            args[4]);
    Map<String, String> env =
        Map.of("KUBECONFIG", args[0], "HONEYCOMB_API_URL", args[1], "HONEYCOMB_API_KEY", args[2]);
    Thread server =
        new Thread(() -> Main.run(command.toArray(String[]::new), out, System.err, env), "serve");
    server.setDaemon(true);
    server.start();
    BufferedReader said = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
    String line = said.readLine();
    while (!line.contains("for probes")) {
      line = said.readLine();
    }
    String url = line.replaceAll(".*listening at (\\S+) .*", "$1");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String word = in.readLine(); word != null; word = in.readLine()) {
      System.out.println(word.equals("url") ? Json.object().put("url", url) : use(url));
    }
    // Connections keep threads of their own for a while.
    System.exit(0);
  }

  /** How often this process has measured a check, by its own metrics. */
  private static long measurements(String url) throws IOException {
    try (var metrics = URI.create(url + "/metrics").toURL().openStream()) {
      return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("canary_gate_check_refreshes_total{"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }

  private static Object use(String url) throws IOException {
    long measurements = measurements(url);
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Json.object()
        .put("heap", memory.getHeapMemoryUsage().getUsed())
        .put("threads", ManagementFactory.getThreadMXBean().getThreadCount())
        .put("measurements", measurements)
        .put("cpuNanos", system.getProcessCpuTime());
  }
}
