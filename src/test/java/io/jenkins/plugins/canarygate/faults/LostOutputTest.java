package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be said or written is said on standard error, and changes no exit code. */
@DisplayName("promise 3: output that is lost")
@Timeout(120)
class LostOutputTest {
  private static final String LOST = "standard output is closed or full";
  @TempDir Path folder;
  private ChildBench bench;

  @BeforeEach
  void begin() {
    bench = new ChildBench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private Object[] run(Object report) {
    return new Object[] {"run", bench.gate("2", "0s", ""), "--report", report};
  }

  @Test
  void aStandardOutputThatNobodyReadsChangesNothingElse() {
    try (ChildGate child = ChildGate.startUnheard(bench.env, run(bench.reports()))) {
      assertThat(child.exitCode()).as(child::err).isZero();
      assertThat(child.err()).contains(LOST);
    }
    assertThat(bench.rollout.step()).isEqualTo(3);
    assertThat(bench.report().exitCode()).hasValue(0);
  }

  @Test
  void aFullDiskUnderStandardOutputChangesNothingElse() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    try (ChildGate child = ChildGate.startInto(full, bench.env, run(bench.reports()))) {
      assertThat(child.exitCode()).as(child::err).isZero();
      assertThat(child.err()).contains(LOST);
    }
    assertThat(bench.report().exitCode()).hasValue(0);
  }

  @Test
  void aReportFolderThatCannotBeMadeChangesNoExitCode() {
    Path nowhere = Path.of("/proc/self/reports");
    assumeTrue(Files.isDirectory(nowhere.getParent()), "this system has no /proc");
    try (ChildGate child = ChildGate.start(bench.env, run(nowhere))) {
      assertThat(child.exitCode()).as(child::err).isZero();
      assertThat(child.out()).contains("checkout: PASS, promoted");
      assertThat(child.err()).contains("the report folder " + nowhere + " cannot be made");
    }
  }
}
