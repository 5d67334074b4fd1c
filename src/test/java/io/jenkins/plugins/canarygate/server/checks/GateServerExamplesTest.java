package io.jenkins.plugins.canarygate.server.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import io.jenkins.plugins.canarygate.gatefile.Checks;
import io.jenkins.plugins.canarygate.gatefile.ChecksFile;
import io.jenkins.plugins.canarygate.gatefile.NamedCheck;
import io.jenkins.plugins.canarygate.sandbox.Upstream;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the documentation shows of the gate server's named checks works together. */
class GateServerExamplesTest {
  private static final Path FOLDER = Path.of("docs/examples/gate-server");

  @ParameterizedTest
  @CsvSource({
    "analysis-template.yaml, argo-rollouts/analysis-template-crd.yaml, v1alpha1, ''",
    "analysis-template-inconclusive.yaml, argo-rollouts/analysis-template-crd.yaml, v1alpha1, ''",
    "rollout.yaml, argo-rollouts/rollout-crd.yaml, v1alpha1, ''",
    "metric-template.yaml, flagger/crd.yaml, v1beta1, metrictemplates.flagger.app",
    "canary-metrics.yaml, flagger/crd.yaml, v1beta1, canaries.flagger.app",
    "metric-template-keptn.yaml, flagger/crd.yaml, v1beta1, metrictemplates.flagger.app",
    "canary-keptn.yaml, flagger/crd.yaml, v1beta1, canaries.flagger.app",
  })
  void everyExampleIsWhatItsControllerKnows(
      String file, String definition, String version, String name) throws IOException {
    JsonSchema schema =
        name.isEmpty()
            ? Upstream.crd(definition, version)
            : Upstream.crd(definition, name, version);
    assertThat(Upstream.faults(schema, yaml(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"analysis-template.yaml", "analysis-template-inconclusive.yaml"})
  void whatArgoAsksIsThereAndItsTokenIsGoodForIt(String file) throws Exception {
    JsonNode web = yaml(file).at("/spec/metrics/0/provider/web");
    Map<String, String> given = new LinkedHashMap<>();
    URI uri = URI.create(filled(web.path("url").asText()));
    assertThat(uri.getPath()).isEqualTo(ArgoMeasure.PATH);
    assertThat(uri.getPort()).isEqualTo(8080);
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&")) {
        String[] parts = pair.split("=", 2);
        given.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    web.path("jsonBody")
        .properties()
        .forEach(field -> given.put(field.getKey(), filled(field.getValue().asText())));
    given.remove("unknown");
    assertThat(web.path("timeoutSeconds").asLong()).isGreaterThan(ArgoMeasure.PATIENCE.toSeconds());
    verify("change-me-argo", given.remove("check"), given);
  }

  @ParameterizedTest
  @ValueSource(strings = {"metric-template.yaml", "metric-template-keptn.yaml"})
  void whatFlaggerAsksIsThereAndItsTokenIsGoodForIt(String file) throws Exception {
    JsonNode spec = yaml(file).path("spec");
    assertThat(URI.create(spec.at("/provider/address").asText()).getPath() + "/api/v1/query")
        .isEqualTo(PrometheusQuery.PATH);
    String query =
        spec.path("query")
            .asText()
            .replace("{{ namespace }}", "shop")
            .replace("{{ target }}", "checkout")
            .replaceAll("\\s+", " ");
    CheckQuestion question = MetricQuery.read(query, Checks.NAMESPACE);
    Map<String, String> given = new LinkedHashMap<>(question.arguments());
    question.namespace().ifPresent(name -> given.put(Checks.NAMESPACE, name));
    verify("change-me-flagger", question.check(), given);
  }

  @ParameterizedTest
  @CsvSource({
    "canary-metrics.yaml, metric-template.yaml",
    "canary-keptn.yaml, metric-template-keptn.yaml"
  })
  void theCanaryAsksByTheTemplateAndOneQuestionWithoutEvidenceIsNotItsEnd(
      String canary, String template) throws IOException {
    JsonNode analysis = yaml(canary).at("/spec/analysis");
    JsonNode metric = analysis.at("/metrics/0");
    assertThat(metric.at("/templateRef/name")).isEqualTo(yaml(template).at("/metadata/name"));
    assertThat(yaml(canary).at("/metadata/namespace"))
        .isEqualTo(yaml(template).at("/metadata/namespace"));
    // Without it Flagger fails whatever is above its threshold, which is 0.
    assertThat(metric.path("thresholdRange")).isNotEmpty();
    assertThat(analysis.path("threshold").asInt()).isGreaterThan(1);
  }

  @Test
  void whatTheCheckAsksOfKeptnIsThereAndIsWhatKeptnKnows() throws Exception {
    Set<String> templates = new HashSet<>();
    Set<String> asked = new HashSet<>();
    for (JsonNode object : yamls("keptn-objectives.yaml")) {
      String kind = object.path("kind").asText().toLowerCase(Locale.ROOT);
      String plural = kind.equals("analysis") ? "analyses" : kind + "s";
      assertThat(Upstream.faults(Upstream.crd("keptn/" + plural + "-crd.yaml", "v1"), object))
          .isEmpty();
      if (kind.equals("analysisvaluetemplate")) {
        templates.add(object.at("/metadata/name").asText());
        assertThat(object.at("/spec/query").asText()).contains("{{.workload}}").contains("@ end()");
      }
      if (kind.equals("analysisdefinition")) {
        assertThat(yaml("checks.yaml").at("/spec/checks").toString())
            .contains("\"definition\":\"" + object.at("/metadata/name").asText() + "\"")
            .contains("\"args\":{\"workload\":");
        object
            .at("/spec/objectives")
            .forEach(o -> asked.add(o.at("/analysisValueTemplateRef/name").asText()));
      }
    }
    assertThat(asked).isNotEmpty().isEqualTo(templates);
  }

  private static void verify(String token, String name, Map<String, String> given)
      throws Exception {
    Grant grant =
        Tokens.read(Files.readAllBytes(FOLDER.resolve("tokens")), "tokens")
            .find(token)
            .orElseThrow();
    assertThat(grant.namespace(given.get(Checks.NAMESPACE))).isTrue();
    assertThat(grant.check(name)).isTrue();
    Checks checks =
        ChecksFile.read(Files.readAllBytes(FOLDER.resolve("checks.yaml")), "checks.yaml");
    NamedCheck check = checks.check(name).orElseThrow();
    Set<String> asked = new HashSet<>(given.keySet());
    assertThat(asked).isEqualTo(check.arguments());
    given.forEach(
        (argument, value) ->
            assertThat(checks.arguments().get(argument).problem(value)).as(argument).isEmpty());
    check.ask(given);
  }

  private static String filled(String text) {
    return text.replace("{{args.service}}", "checkout").replace("{{args.hash}}", "7c9d4f8b6d");
  }

  private static List<JsonNode> yamls(String name) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(Files.readString(FOLDER.resolve(name)))
        .forEach(read -> all.add(Json.MAPPER.valueToTree(read)));
    return all;
  }

  private static JsonNode yaml(String name) throws IOException {
    Object read =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(FOLDER.resolve(name)));
    return Json.MAPPER.valueToTree(read);
  }
}
