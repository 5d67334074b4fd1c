package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.HandCommands;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D9: the two exact commands")
class HandLinesTest {

  @Test
  void theyNameTheSameFileParametersAndCluster() {
    HandCommands lines =
        new GateOptions(
                Path.of("my gate.yaml"),
                List.of("image=shop:1", "note=it's"),
                Path.of("/k/config"),
                "prod")
            .handLines();

    assertThat(lines.promote())
        .isEqualTo(
            "canary-gate promote 'my gate.yaml' --set image=shop:1 --set 'note=it'\\''s'"
                + " --context prod --kubeconfig /k/config --reason '…'");
    assertThat(lines.abort()).startsWith("canary-gate abort 'my gate.yaml' --set");
  }

  @Test
  void whatWasNotGivenIsLeftOut() {
    assertThat(new GateOptions(Path.of("gate.yaml"), List.of(), null, null).handLines().abort())
        .isEqualTo("canary-gate abort gate.yaml --reason '…'");
  }

  @Test
  void aFileThatLooksLikeAnOptionIsNotReadAsOne() {
    assertThat(new GateOptions(Path.of("-x.yaml"), List.of(), null, null).handLines().abort())
        .startsWith("canary-gate abort ./-x.yaml");
  }
}
