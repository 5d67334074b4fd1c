package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are not where they were: an administrator is told of their gates all the same. */
@Timeout(60)
class LostBuildsTest {
  private static final String SLOW =
      GatesBench.gate().replace("fail:", "initialDelay: 10m\n      fail:");

  @TempDir Path home;
  private GatesBench bench;
  private MemoryBuild build;

  @BeforeEach
  void begin() {
    bench = new GatesBench(home);
    bench.waiting(0.001);
    build = bench.begin(SLOW);
    Waiting.until(() -> build.said().contains("gate point"));
  }

  @AfterEach
  void end() {
    bench.close();
  }

  /** As Jenkins does it: the folders first. */
  private void rename() throws Exception {
    Path crew = home.resolve("jobs/crew");
    Files.move(home.resolve("jobs/checkout"), crew);
    build.moved("shop/crew", crew.resolve("builds/1/canary-gate/7"));
    bench.gates.moved("shop/checkout", "shop/crew");
    Waiting.until(() -> open().contains("shop/crew#1"));
  }

  private String open() {
    try (var files = Files.list(home.resolve("canary-gate/open"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.toList()) {
        all.append(Files.readString(file)).append('\n');
      }
      return all.toString();
    } catch (java.io.IOException beingWritten) {
      return "";
    }
  }

  @Test
  void aGateWhoseJobWasRenamedIsAbandonedUnderTheNewName() throws Exception {
    rename();
    bench.restart();

    var found =
        bench.gates.sweep(
            key -> key.build().equals("shop/crew#1") ? BuildFate.OVER : BuildFate.DELETED);

    assertThat(found).containsOnlyKeys(new GateKey("shop/crew#1", "7"));
    assertThat(bench.gates.abandoned())
        .singleElement()
        .satisfies(
            gate -> {
              assertThat(gate.build()).isEqualTo("shop/crew#1");
              assertThat(gate.rollout()).isEqualTo("Rollout shop/checkout");
            });
    assertThat(open()).isEmpty();
  }

  @Test
  void aGateThatRunsInARenamedJobIsNotAbandoned() throws Exception {
    rename();

    assertThat(bench.gates.sweep(key -> BuildFate.OVER)).isEmpty();
    assertThat(bench.gates.abandoned()).isEmpty();

    bench.gates.cancelAll("shop/crew#1", "the end of its build");
    build.end();
    Waiting.until(() -> open().isEmpty());
  }

  @Test
  void aGateWhoseBuildJenkinsCannotReadIsAbandoned() {
    bench.restart();

    Map<GateKey, ?> found = bench.gates.sweep(key -> BuildFate.DELETED);

    assertThat(found).containsOnlyKeys(build.key());
    assertThat(bench.gates.abandoned())
        .singleElement()
        .satisfies(
            gate ->
                assertThat(gate.why())
                    .isEqualTo(
                        "Jenkins can no longer read its build; nothing had been sent for its"
                            + " verdict"));
  }

  @Test
  void whereItsStateCannotBeReadEitherThatIsSaid() throws Exception {
    bench.restart();
    Files.writeString(build.folder().resolve("session.json"), "{");

    assertThat(bench.gates.sweep(key -> BuildFate.OVER)).isEmpty();
    assertThat(bench.gates.abandoned())
        .singleElement()
        .satisfies(
            gate ->
                assertThat(gate.why())
                    .contains("what it may have sent cannot be read from " + build.folder()));
  }
}
