package io.jenkins.plugins.canarygate.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.cli.Main;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code canary-gate serve} as a process of its own that tells what it takes: {@code heap} is what
 * is live after a collection.
 */
public final class GateServerProcess {
  private GateServerProcess() {}

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
            "--flagger-caller-rate",
            "100000",
            "--drain",
            "0");
    Map<String, String> env = Map.of("KUBECONFIG", args[0]);
    Thread server =
        new Thread(() -> Main.run(command.toArray(String[]::new), out, System.err, env), "serve");
    server.setDaemon(true);
    server.start();
    BufferedReader said = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
    String flagger = "";
    String line = said.readLine();
    while (!line.contains("watching the Canaries")) {
      if (line.contains("Flagger's webhooks")) {
        flagger = line.replaceAll(".*listening at (\\S+) .*", "$1");
      }
      line = said.readLine();
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String word = in.readLine(); word != null; word = in.readLine()) {
      System.out.println(word.equals("url") ? Json.object().put("url", flagger) : use());
    }
    System.exit(0);
  }

  private static ObjectNode use() throws IOException {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Json.object()
        .put("heap", memory.getHeapMemoryUsage().getUsed())
        .put("threads", ManagementFactory.getThreadMXBean().getThreadCount())
        .put("resident", resident())
        .put("cpuNanos", system.getProcessCpuTime());
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
