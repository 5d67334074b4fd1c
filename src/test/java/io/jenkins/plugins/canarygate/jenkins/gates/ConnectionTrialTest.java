package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Finding.Level;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** "Test connection" of a cluster, over a real port. */
@Timeout(60)
class ConnectionTrialTest {
  @TempDir Path home;
  private GatesBench bench;

  @BeforeEach
  void begin() {
    bench = new GatesBench(home);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private List<Finding> look() {
    return bench.gates.tryCluster(bench.settings.clusters().get(0), "shop");
  }

  @Test
  void itSaysWhatElseTheClusterHasForGates() {
    assertThat(look())
        .contains(
            Finding.ok("flagger.app", "served (v1beta1)"),
            Finding.ok("metrics.keptn.sh", "served (v1)"))
        .anyMatch(finding -> finding.subject().startsWith("right: patch rollouts/status"))
        .noneMatch(finding -> finding.level() == Level.ERROR);
  }

  @Test
  void whatIsNotThereIsNoError() {
    bench.sandbox.cluster().unserve(Resource.CANARIES);
    bench.sandbox.cluster().unserve(Resource.METRIC_TEMPLATES);
    Resource.keptn("v1").forEach(bench.sandbox.cluster()::unserve);

    assertThat(look())
        .contains(
            Finding.ok("flagger.app", "not served: no gates on Canaries here"),
            Finding.ok("metrics.keptn.sh", "not served: no evidence from Keptn here"))
        .noneMatch(finding -> finding.level() == Level.ERROR);
  }

  @Test
  void aClusterOfFlaggerAloneIsLookedAtForItsRights() {
    bench.sandbox.cluster().unserve(Resource.ROLLOUTS);
    bench.sandbox.cluster().unserve(Resource.ANALYSIS_RUNS);
    bench.sandbox.cluster().unserve(Resource.ANALYSIS_TEMPLATES);
    bench.sandbox.cluster().unserve(Resource.EXPERIMENTS);

    assertThat(look())
        .contains(Finding.ok("argoproj.io", "not served: no gates on Rollouts here"))
        .anyMatch(finding -> finding.subject().startsWith("right: patch canaries"))
        .noneMatch(finding -> finding.level() == Level.ERROR);
  }
}
