package io.jenkins.plugins.canarygate.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenParametersTest {

  @Test
  void textsNumbersAndTruthsAreTaken() throws Exception {
    Map<Object, Object> given = new LinkedHashMap<>();
    given.put("image", new StringBuilder("registry.example/checkout:2"));
    given.put("replicas", 3);
    given.put("share", new BigDecimal("0.50"));
    given.put("fast", true);
    assertThat(GivenParameters.texts(given))
        .containsExactly(
            Map.entry("image", "registry.example/checkout:2"),
            Map.entry("replicas", "3"),
            Map.entry("share", "0.50"),
            Map.entry("fast", "true"));
    assertThat(GivenParameters.texts(null)).isEmpty();
  }

  @Test
  void whatIsNotSetIsSaidRatherThanTakenAsEmpty() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("image", null);
    given.put("list", List.of(1));
    assertThatThrownBy(() -> GivenParameters.texts(given))
        .hasMessageContaining("parameters: image has no value (it is null)")
        .hasMessageContaining("parameters: list must be text, a number, or true or false");
  }

  @Test
  void aFormGivesThemAsLines() {
    assertThat(ParameterLines.read("image = registry.example/a:b=c\n\n replicas=3 "))
        .containsExactly(Map.entry("image", "registry.example/a:b=c"), Map.entry("replicas", "3"));
    assertThat(ParameterLines.read(" \n")).isNull();
    assertThat(ParameterLines.write(Map.of("image", "a:1"))).isEqualTo("image=a:1");
    assertThat(ParameterLines.isInOrder("image=a\nreplicas=3")).isTrue();
    assertThat(ParameterLines.isInOrder("image=a\nimage=b")).isFalse();
    assertThat(ParameterLines.isInOrder("image")).isFalse();
    assertThat(ParameterLines.isInOrder(null)).isTrue();
  }
}
