package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.canarygate.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private final Findings findings =
      new Findings(
          "checkout",
          List.of(
              Finding.ok("gate file", "in order"),
              Finding.warning("key", "no right", "give it\nsoon"),
              Finding.error("rights", "missing \u001b[31mred", "kind: Role\n  rules: []")));

  @Test
  void eachIsALineWithWhatToDoBelowIt() {
    assertThat(findings.lines())
        .containsExactly(
            "OK       gate file: in order",
            "WARNING  key: no right",
            "         give it",
            "         soon",
            "ERROR    rights: missing  [31mred",
            "         kind: Role",
            "           rules: []",
            "checkout: 1 error, 1 warning");
  }

  @Test
  void theDocumentHasThemAll() throws Exception {
    JsonNode json = new ObjectMapper().readTree(findings.json());

    assertThat(json.get("plan").asText()).isEqualTo("canary-gate/v1");
    assertThat(json.get("errors").asInt()).isEqualTo(1);
    assertThat(json.get("warnings").asInt()).isEqualTo(1);
    assertThat(json.at("/findings/0/remedy").isNull()).isTrue();
    assertThat(json.at("/findings/2/remedy").asText()).isEqualTo("kind: Role\n  rules: []");
  }

  @Test
  void onlyAnErrorStandsInTheWay() {
    assertThat(findings.hasErrors()).isTrue();
    assertThat(new Findings("x", List.of(Finding.warning("a", "b", "c"))).hasErrors()).isFalse();
  }
}
