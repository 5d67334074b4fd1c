package io.jenkins.plugins.canarygate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.sandbox.Fleet;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the benchmarks show that does not depend on the machine. */
@DisplayName("However much is asked")
class FrugalityTest {
  private static final int NAMESPACES = 10;
  private static final int EACH = 50;

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        // The simulated server's are not ours.
        .filter(thread -> !thread.getName().startsWith("sandbox"))
        .filter(thread -> !thread.getName().startsWith("HTTP-Dispatcher"))
        .filter(thread -> !thread.getName().startsWith("idle-timeout-task"))
        .collect(Collectors.toSet());
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it comes about in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static List<RecordedRequest> requests(SandboxCluster cluster, Call call) {
    return cluster.requests().stream().filter(request -> request.call() == call).toList();
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void fiveHundredGatesTakeAFewThreadsAndOneWatchOfTheCluster() throws Exception {
    try (SandboxCluster cluster = new SandboxCluster(InstantSource.system())) {
      new Fleet(cluster).create("bench", NAMESPACES, EACH);
      Set<Thread> before = new HashSet<>(threads());
      try (WaitingGates gates = new WaitingGates(cluster.url(), SandboxCluster.TOKEN)) {
        gates.start("bench", NAMESPACES, EACH);
        await(() -> gates.looked() == gates.started());

        Set<Thread> ours = threads();
        ours.removeAll(before);
        assertThat(ours).hasSizeLessThanOrEqualTo(40);
        List<String> wide =
            requests(cluster, Call.WATCH).stream()
                .filter(request -> !request.query().containsKey("fieldSelector"))
                .map(RecordedRequest::path)
                .toList();
        // Until the fifth namespace is there, each of the first ones may have one of its own.
        assertThat(wide)
            .contains("/apis/argoproj.io/v1alpha1/rollouts")
            .hasSizeLessThanOrEqualTo(5)
            .doesNotHaveDuplicates();

        cluster.existing("bench-3", "app-33").promoteByPerson();

        // Promoted from its second pause, by the gate, and seen to land.
        await(() -> gates.ended() == 1);
        assertThat(requests(cluster, Call.PATCH_STATUS))
            .singleElement()
            .extracting(RecordedRequest::path)
            .asString()
            .endsWith("/namespaces/bench-3/rollouts/app-33/status");
        assertThat(gates.surprises()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void checksOfOneDatasetOverOneWindowAreOneQueryAtHoneycomb(int checks) throws Exception {
    assertThat(HoneycombCalls.measured(checks))
        .containsEntry(Call.CREATE_QUERY, 1)
        .containsEntry(Call.CREATE_RESULT, 1);
  }
}
