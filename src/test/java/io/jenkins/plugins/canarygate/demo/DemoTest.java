package io.jenkins.plugins.canarygate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {
  @Test
  void theDemonstrationShowsAPassAFailAndAnInconclusiveGateWithTheirReasons() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    assertThat(new Demo(new PrintStream(written, true, StandardCharsets.UTF_8)).run()).isEmpty();

    assertThat(written.toString(StandardCharsets.UTF_8))
        .containsSubsequence(
            "=== checkout",
            "error rate",
            "PASS",
            "exit code 0",
            "=== payment",
            "error rate",
            "FAIL",
            "exit code 10",
            "=== search",
            "error rate",
            "INCONCLUSIVE",
            "exit code 11");
  }
}
