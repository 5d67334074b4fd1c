package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls that need real threads or another command: a watch only wakes a gate early, so nothing that
 * happens to it changes a verdict; a plan says what stands in the way (rule C3).
 */
@DisplayName("faults of watches and of a plan's look at the key")
@Timeout(120)
class WatchAndPlanFaultsTest {
  @TempDir Path folder;
  private final Sandbox sandbox = new Sandbox(InstantSource.system());
  private final ScheduledExecutorService controller = Executors.newScheduledThreadPool(1);
  private SecretBench bench;

  @BeforeEach
  void begin() {
    controller.scheduleWithFixedDelay(sandbox.cluster()::tick, 100, 100, TimeUnit.MILLISECONDS);
    bench = new SecretBench(folder);
    bench.cluster(sandbox.cluster().url(), sandbox.cluster().token());
    sandbox.honeycomb().key(bench.key, Set.of("queries", "columns", "markers", "slos", "triggers"));
    bench.env.put("HONEYCOMB_API_URL", sandbox.honeycomb().url());
    sandbox.waiting("shop", "checkout", Instant.now().minusSeconds(900), 0.001, 0.001);
  }

  @AfterEach
  void end() {
    controller.shutdownNow();
    sandbox.close();
  }

  @ParameterizedTest(name = "a watch that is always answered with {0} changes no verdict")
  @EnumSource(Trouble.class)
  void aWatch(Trouble trouble) {
    sandbox.cluster().faults().on(Call.WATCH, trouble.fault()).untilCleared();

    int code = bench.run("run", gate(), "--report", bench.left("report"));

    assertThat(code).as(bench.said()).isZero();
    assertThat(bench.said()).contains("checkout: PASS, promoted");
    bench.nothingLeft();
  }

  // The command waits 30 s for Honeycomb; silence is tested with the other calls.
  @ParameterizedTest(name = "a plan whose key is answered with {0} says so")
  @EnumSource(value = Trouble.class, mode = EnumSource.Mode.EXCLUDE, names = "TIMEOUT")
  void thePlansLookAtTheKey(Trouble trouble) {
    sandbox.honeycomb().faults().on(Call.AUTH, trouble.fault()).untilCleared();

    int code = bench.run("plan", gate());

    // What is refused, or cannot be reached, would leave the gate without evidence.
    Set<Trouble> errors =
        Set.of(
            Trouble.UNAUTHORIZED,
            Trouble.FORBIDDEN,
            Trouble.NOT_FOUND,
            Trouble.INVALID,
            Trouble.RESET,
            Trouble.HALF_BODY);
    boolean refused = errors.contains(trouble);
    assertThat(code).as(bench.said()).isEqualTo(refused ? 1 : 0);
    assertThat(bench.said()).containsPattern((refused ? "ERROR" : "WARNING") + " +honeycomb: key");
    assertThat(sandbox.cluster().writes()).isEmpty();
    bench.nothingLeft();
  }

  private Path gate() {
    return bench.given(
        "gate.yaml",
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: {image: "registry.example/checkout:2"}
          cohorts:
            canary: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "checkout-${rollout.canary}"}]}
          checks:
          - name: error rate
            honeycomb:
              dataset: checkout
              query: {calculations: [{op: AVG, column: error}]}
            fail: "> 1%"
            window: 5m
        """);
  }
}
