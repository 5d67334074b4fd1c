package io.jenkins.plugins.canarygate.sandbox;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The simulated Keptn writes what the real definitions allow, and leaves out what it leaves out.
 */
class KeptnHonestyTest {
  private static final Map<String, String> DEFINITIONS =
      Map.of(
          "Analysis", "analyses",
          "AnalysisDefinition", "analysisdefinitions",
          "AnalysisValueTemplate", "analysisvaluetemplates",
          "KeptnMetric", "keptnmetrics",
          "KeptnMetricsProvider", "keptnmetricsproviders");

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-05-01T10:00:00Z"));
  private final SandboxCluster cluster = new SandboxCluster(clock);
  private final List<JsonNode> versions = new ArrayList<>();
  private SandboxKeptn keptn;

  @AfterEach
  void close() {
    cluster.close();
  }

  private void world(String version) {
    keptn = cluster.keptn(version);
    cluster
        .store()
        .listen(
            change -> {
              if (change.after().key().resource().group().equals("metrics.keptn.sh")) {
                versions.add(change.after().tree());
              }
            });
    cluster.keptn().answers().value("good", "0.001").value("nan", "NaN").failure("bad", "503");
    keptn
        .provider("prometheus", "prometheus")
        .template("good", "prometheus", "good")
        .template("nan", "prometheus", "nan")
        .template("bad", "prometheus", "bad")
        .definition("good", 90, 60, objective("good", "0.05", "0.01"))
        .definition("nan", 90, 60, objective("good", "0.0001", "0"), objective("nan", "1", "1"))
        .definition("bad", 90, 60, objective("good", "1", "1"), objective("bad", "1", "1"));
    for (String name : List.of("good", "nan", "bad", "nobody")) {
      keptn.analysis(
          name, "{'analysisDefinition':{'name':'" + name + "'},'timeframe':{'recent':'5m'}}");
    }
    keptn
        .metric("good", "prometheus", "good", 60)
        .metric("bad", "prometheus", "bad", 60)
        .metric("stored", "prometheus", "good", 60, "{'interval':'1m','storedResults':2}");
    clock.advance(Duration.ofMinutes(2));
    cluster.tick();
  }

  private JsonNode status(String name) {
    return keptn.analyses().stream()
        .filter(analysis -> analysis.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .path("status");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1", "v1alpha3"})
  void everyVersionOfEveryObjectIsWhatTheDefinitionAllows(String version) throws IOException {
    world(version);

    assertThat(versions).hasSizeGreaterThan(20);
    for (JsonNode object : versions) {
      String kind = DEFINITIONS.get(object.path("kind").asText());
      JsonSchema schema = Upstream.crd("keptn/" + kind + "-crd.yaml", version);
      assertThat(Upstream.faults(schema, object)).as(object.toString()).isEmpty();
    }
  }

  @Test
  @DisplayName("a failed Analysis has neither pass nor warning, and NaN leaves no raw")
  void whatIsFalseIsLeftOut() throws IOException {
    world("v1");

    assertThat(status("good").path("pass").asBoolean()).isTrue();
    assertThat(Json.MAPPER.readTree(status("good").path("raw").asText()).at("/totalScore").asInt())
        .isEqualTo(1);
    assertThat(status("nan").path("state").asText()).isEqualTo("Completed");
    assertThat(status("nan").has("raw")).isFalse();
    assertThat(status("nan").has("pass")).isFalse();
    assertThat(status("bad").path("state").asText()).isEqualTo("Progressing");
    assertThat(status("bad").at("/storedValues/bad/errMsg").asText()).isEqualTo("503");
    assertThat(status("nobody").path("state").asText("?")).isEmpty();
  }
}
