package io.jenkins.plugins.canarygate.bench;

import io.jenkins.plugins.canarygate.jenkins.gates.Builds;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What waiting gates cost a Jenkins controller: {@code JenkinsBench NAMESPACES EACH}. The simulated
 * cluster runs in the same process.
 */
public final class JenkinsBench {
  private JenkinsBench() {}

  public static void main(String[] args) throws Exception {
    int namespaces = Integer.parseInt(args[0]);
    int each = Integer.parseInt(args[1]);
    long all = (long) namespaces * each;
    Path home = Files.createTempDirectory("canary-gate-bench");
    try (SandboxCluster cluster = new SandboxCluster(Clock.systemUTC());
        Builds builds = new Builds(cluster, home, namespaces, each)) {
      cluster.forgetRequests();
      long start = System.nanoTime();
      builds.begin();
      wait("looks", builds::allLooked);
      System.out.printf("%d gates begun and looked in %.1f s%n", all, seconds(start));
      List<Double> millis = builds.pipelineMillis();
      System.out.printf(
          "on Pipeline's thread: p50 %.2f ms, p99 %.2f ms, longest %.2f ms%n",
          millis.get(millis.size() / 2),
          millis.get((int) (millis.size() * 0.99)),
          millis.get(millis.size() - 1));
      wait(
          "one watch",
          () -> {
            // A server learns that a stream was closed when it writes to it.
            cluster.sendBookmarks();
            return cluster.openWatches() == 1;
          });
      System.out.printf(
          "threads: %d of the gates, %d of the HTTP client; watches: %d; live heap %d MB%n",
          threads("canary-gate") - threads("canary-gate-http"),
          threads("canary-gate-http") + threads("OkHttp"),
          cluster.openWatches(),
          heap());
      cluster.forgetRequests();
      start = System.nanoTime();
      builds.restart();
      wait("looks", builds::allLooked);
      Map<Long, Long> perSecond =
          cluster.requests().stream()
              .map(RecordedRequest::at)
              .collect(Collectors.groupingBy(at -> at.getEpochSecond(), Collectors.counting()));
      System.out.printf(
          "after a restart: all looked in %.1f s; most requests in a second: %d%n",
          seconds(start), perSecond.values().stream().max(Long::compareTo).orElse(0L));
      System.out.printf("ended, which none should: %d%n", builds.ended());
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private static void wait(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(what + " did not come within 10 minutes");
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
