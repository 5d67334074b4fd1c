package io.jenkins.plugins.canarygate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
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
            "exit code 11",
            "=== cart: a good canary of Flagger",
            "demonstration-flagger: PASS, promoted",
            "exit code 0",
            "=== orders: a bad canary of Flagger",
            "demonstration-flagger: FAIL, aborted",
            "exit code 10");
  }

  @Test
  void whatIsAskedOfACanaryOfFlaggerIsWhatIsAskedOfOneOfArgo() throws Exception {
    assertThat(checks("gate-flagger.yaml")).isNotEmpty().isEqualTo(checks("gate.yaml"));
  }

  private static String checks(String file) throws Exception {
    try (InputStream in = DemoTest.class.getResourceAsStream("/demo/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(text.indexOf("  defaults:"));
    }
  }
}
