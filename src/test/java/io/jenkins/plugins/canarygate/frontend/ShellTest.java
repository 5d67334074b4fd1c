package io.jenkins.plugins.canarygate.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {

  @Test
  void aPlainWordStaysAsItIs() {
    assertThat(Shell.quote("image=registry/shop:1.2")).isEqualTo("image=registry/shop:1.2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "two words", "it's", "$(reboot)", "`id`", "a\nb", "\"q\"", "~", "a\\"})
  void aShellReadsExactlyTheWord(String word) throws Exception {
    Process shell =
        new ProcessBuilder(List.of("/bin/sh", "-c", "printf %s " + Shell.quote(word))).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(word);
    assertThat(shell.waitFor()).isZero();
  }
}
