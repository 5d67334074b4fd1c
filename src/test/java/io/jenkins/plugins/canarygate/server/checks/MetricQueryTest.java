package io.jenkins.plugins.canarygate.server.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricQueryTest {

  @Test
  void aQueryIsTheNameOfACheckWithItsArguments() {
    assertThat(read("error-rate{namespace=\"shop\",service=\"check out\"}"))
        .isEqualTo(
            new CheckQuestion("error-rate", Optional.of("shop"), Map.of("service", "check out")));
    // As Flagger sends a template of several lines: each run of white space is one space.
    assertThat(read(" p95 { service = 'checkout' , } "))
        .isEqualTo(new CheckQuestion("p95", Optional.empty(), Map.of("service", "checkout")));
    assertThat(read("p95")).isEqualTo(new CheckQuestion("p95", Optional.empty(), Map.of()));
    assertThat(read("p95{}")).isEqualTo(new CheckQuestion("p95", Optional.empty(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "sum(p95)",
        "p95[5m]",
        "p95{service=~\"a.*\"}",
        "p95{service!=\"a\"}",
        "p95{service=checkout}",
        "p95{service=\"a\\\"b\"}",
        "p95{service=\"a\"",
        "p95{service=\"a\"} > 1",
        "p95{service=\"a\"}}",
        "p95{,}",
        "p95{service=\"a\",,}",
        "p95{service=\"a\" cluster=\"b\"}",
        "p95 offset 5m",
        "{__name__=\"p95\"}",
        "vector(2)",
      })
  void anythingElseOfPromqlIsRefused(String query) {
    assertThat(MetricQuery.isOnline(query)).isFalse();
    assertThatThrownBy(() -> read(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PromQL is not known here");
  }

  @Test
  void aLabelIsGivenOnce() {
    assertThatThrownBy(() -> read("p95{a=\"1\",a=\"2\"}"))
        .hasMessage("the query gives a label twice");
  }

  @Test
  void theOnlineCheckIsRecognised() {
    assertThat(MetricQuery.isOnline("vector(1)")).isTrue();
    assertThat(MetricQuery.isOnline(" vector ( 1 ) ")).isTrue();
  }

  private static CheckQuestion read(String query) {
    return MetricQuery.read(query, "namespace");
  }
}
