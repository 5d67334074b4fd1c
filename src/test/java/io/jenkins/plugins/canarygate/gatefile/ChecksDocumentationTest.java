package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksDocumentationTest {
  private static final Path PAGE = Docs.file("gate-server-checks.md");
  private static final Path SCHEMA = Docs.file("checks.schema.json");
  private static final Path EXAMPLE = Docs.file("examples/gate-server/checks.yaml");
  private static final String BEGIN = "<!-- fields: begin -->\n";
  private static final String END = "<!-- fields: end -->";
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void theCommittedSchemaIsTheOneOfTheRecords() {
    if (Docs.REWRITE) {
      Docs.write(SCHEMA, GateSchema.ofChecks());
    }
    assertThat(Docs.read(SCHEMA))
        .as("mvn test -Dtest=ChecksDocumentationTest -Ddocs.rewrite=true writes it anew")
        .isEqualTo(GateSchema.ofChecks());
  }

  @Test
  void theTableHasEveryFieldAndEveryDefault() {
    String text = Docs.read(PAGE);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    int to = text.indexOf(END);
    String table = FieldTable.text(RawChecks.class);
    if (Docs.REWRITE) {
      Docs.write(PAGE, text.substring(0, from) + table + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("mvn test -Dtest=ChecksDocumentationTest -Ddocs.rewrite=true writes it anew")
        .isEqualTo(table);
  }

  @Test
  void theExampleIsReadAndValidBySchema() throws GateFileException {
    String text = Docs.read(EXAMPLE);
    Checks checks = ChecksFile.read(TestGates.bytes(text), EXAMPLE.toString());
    assertThat(checks.checks())
        .containsOnlyKeys("error-rate", "p95", "error-budget", "objectives", "saturation");
    assertThat(checks.check("error-rate").orElseThrow().arguments())
        .containsExactlyInAnyOrder("namespace", "service", "replicaset");
    assertThat(problems(text)).isEmpty();
  }

  @Test
  void everyChecksFileInTheTextIsRead() throws GateFileException {
    List<String> found = new ArrayList<>();
    Matcher pieces = YAML.matcher(Docs.read(PAGE));
    while (pieces.find()) {
      if (pieces.group(1).contains("kind: Checks")) {
        ChecksFile.read(TestGates.bytes(pieces.group(1)), "gate-server-checks.md");
        assertThat(problems(pieces.group(1))).isEmpty();
        found.add(pieces.group(1));
      }
    }
    assertThat(found).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window: soon",
        "fail: \"> 1%\"",
        "argo: {analysisRuns: required}",
        "weight: 2",
        "maxAge: 2",
      })
  void theSchemaRefusesWhatTheReaderRefuses(String field) {
    String bad =
        Docs.read(EXAMPLE).replace("    - name: p95\n", "    - name: p95\n      " + field + "\n");
    assertThat(problems(bad)).isNotEmpty();
    assertThat(faults(bad)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep: true, analysis: {definition: d,", "analysis: {name: n,"})
  void theSchemaRefusesWhatTheReaderRefusesOfKeptn(String asked) {
    String form =
        """
        apiVersion: canary-gate/v1
        kind: Checks
        spec:
          checks:
            - name: objectives
              keptn: {%s namespace: shop}}
        """;
    String good = form.formatted("analysis: {definition: d,");
    assertThat(problems(good)).isEmpty();
    assertThat(faults(good)).isEmpty();

    String bad = form.formatted(asked);
    assertThat(problems(bad)).isNotEmpty();
    assertThat(faults(bad)).isNotEmpty();
  }

  private static List<Fault> faults(String yaml) {
    try {
      ChecksFile.read(TestGates.bytes(yaml), "checks.yaml");
      return List.of();
    } catch (GateFileException e) {
      return e.faults();
    }
  }

  private static Set<ValidationMessage> problems(String yaml) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(GateSchema.ofChecks());
    Faults faults = new Faults();
    return schema.validate(JsonTree.of(YamlTree.read(yaml, faults).orElseThrow()));
  }
}
