package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FragmentTest {
  @Test
  void aPieceOfYamlOrJsonIsReadAsAGateFileIs() throws Exception {
    assertThat(Fragment.read("pause: each\nhold: true", "at"))
        .isEqualTo(Map.of("pause", "each", "hold", true));
    assertThat(Fragment.read("[{value: '> 1%'}, {ratio: '> 1.5'}]", "fail"))
        .isEqualTo(List.of(Map.of("value", "> 1%"), Map.of("ratio", "> 1.5")));
    assertThat(Fragment.read("progressing", "at")).isEqualTo("progressing");
  }

  @Test
  void whatIsNoYamlIsToldWithItsPlace() {
    assertThatThrownBy(() -> Fragment.read("{pause: each", "canaryGate at"))
        .isInstanceOf(GateFileException.class)
        .hasMessageStartingWith("canaryGate at:1:");
  }
}
