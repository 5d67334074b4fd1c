package io.jenkins.plugins.canarygate.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The gates' process: {@code GatesProcess URL TOKEN}. It is told what to do line by line on its
 * standard input and answers each line with one of JSON.
 */
public final class GatesProcess {
  private final WaitingGates gates;

  private GatesProcess(WaitingGates gates) {
    this.gates = gates;
  }

  public static void main(String[] args) throws IOException, GateFileException {
    try (WaitingGates gates = new WaitingGates(args[0], args[1])) {
      GatesProcess process = new GatesProcess(gates);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(process.carryOut(line.split(" ")));
      }
    }
  }

  private ObjectNode carryOut(String[] words) throws GateFileException {
    switch (words[0]) {
      case "start" -> gates.start(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "collect" -> {
        // Twice: what a reference queue holds goes in the second.
        System.gc();
        System.gc();
      }
      case "state" -> {
        // What follows is told in any case.
      }
      default -> throw new IllegalArgumentException("unknown command " + words[0]);
    }
    ObjectNode state = Json.object();
    state.put("started", gates.started()).put("looked", gates.looked());
    state.put("ended", gates.ended());
    gates.surprises().stream().limit(5).forEach(state.withArray("/surprises")::add);
    Runtime runtime = Runtime.getRuntime();
    state.put("heapBytes", runtime.totalMemory() - runtime.freeMemory());
    state.put("heapLimit", runtime.maxMemory());
    state.put("residentKilobytes", ofMachine("VmRSS:"));
    state.put("allThreads", ofMachine("Threads:"));
    state.put("cpuMillis", cpuMillis());
    ObjectNode threads = state.putObject("threads");
    threads().forEach(threads::put);
    return state;
  }

  private static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
  }

  /** What the machine says of the process, where it does: numbers as they stand there. */
  private static long ofMachine(String line) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(text -> text.startsWith(line))
          .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")))
          .findFirst()
          .orElse(-1);
    } catch (IOException notLinux) {
      return -1;
    }
  }

  /** The Java threads, by their names without numbers. */
  static Map<String, Integer> threads() {
    Map<String, Integer> groups = new TreeMap<>();
    var bean = ManagementFactory.getThreadMXBean();
    for (var thread : bean.getThreadInfo(bean.getAllThreadIds())) {
      if (thread != null) {
        groups.merge(thread.getThreadName().replaceAll("[-# ]*\\d+(-\\d+)*", ""), 1, Integer::sum);
      }
    }
    return groups;
  }
}
