package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateOrderTest {
  @Test
  void whatIsWrittenIsReadAsItWas() throws Exception {
    assertThat(GateOrder.read(GatesBench.order().json())).isEqualTo(GatesBench.order());
  }

  @Test
  void anOrderFromBeforeThereWasPrometheusNamesNoServer() throws Exception {
    String before = GatesBench.order().json().replaceAll("\"prometheus\":null,?", "");

    assertThat(before).doesNotContain("prometheus");
    assertThat(GateOrder.read(before)).isEqualTo(GatesBench.order());
  }
}
