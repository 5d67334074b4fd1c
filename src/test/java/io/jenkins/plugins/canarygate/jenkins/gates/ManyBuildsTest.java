package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits costs no thread, and as many watches as there are clusters. */
@Timeout(180)
class ManyBuildsTest {
  private static final int NAMESPACES = 10;
  private static final int EACH = 30;

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        // The simulated server's are not ours.
        .filter(name -> !name.startsWith("sandbox") && !name.startsWith("HTTP-Dispatcher"))
        .collect(Collectors.toSet());
  }

  @Test
  void manyGatesWaitOnFewThreadsAndOneWatchAndGoOnAfterARestart(@TempDir Path home)
      throws Exception {
    Set<String> before = threads();
    try (SandboxCluster cluster = new SandboxCluster(Clock.systemUTC());
        Builds builds = new Builds(cluster, home, NAMESPACES, EACH)) {
      builds.begin();
      Waiting.until(builds::allLooked);
      Waiting.until(() -> watches(cluster) == 1);

      Waiting.until(() -> ours(before).size() <= 32 + 1);
      assertThat(builds.ended()).isZero();

      builds.restart();
      Waiting.until(builds::allLooked);
      Waiting.until(() -> watches(cluster) == 1);

      Waiting.until(() -> ours(before).size() <= 32 + 1);
      assertThat(builds.ended()).isZero();
    }
  }

  /** A server learns that a stream was closed when it writes to it. */
  private static int watches(SandboxCluster cluster) {
    cluster.sendBookmarks();
    return cluster.openWatches();
  }

  private static List<String> ours(Set<String> before) {
    return threads().stream().filter(name -> !before.contains(name)).sorted().toList();
  }
}
