package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateSchemaTest {
  private static final Path FILE = Docs.file("gate.schema.json");

  @Test
  void theCommittedSchemaIsTheOneOfTheRecords() {
    if (Docs.REWRITE) {
      Docs.write(FILE, GateSchema.text());
    }
    assertThat(Docs.read(FILE))
        .as("mvn test -Dtest=GateSchemaTest -Ddocs.rewrite=true writes it anew")
        .isEqualTo(GateSchema.text());
  }

  @ParameterizedTest
  @MethodSource("io.jenkins.plugins.canarygate.gatefile.Docs#examples")
  void everyExampleIsValidBySchema(Path example) {
    assertThat(problems(Docs.read(example))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'${image}', container: 7}", // a container is text
        "'${image}', conteiner: app}", // unknown field
        "'${image}'}\n  onPass: promte", // no such word
        "'${image}'}\n  timeouts: {total: soon}", // no duration
        "'${image}'}\n  at: {step: -1}",
        "'${image}'}\n  at: progresing",
        "'${image}'}\n  score: {pass: 101}",
        "'${image}'}\n  score: {warn: 10}",
        "'${image}'}\n  flagger: {}",
      })
  void theSchemaRefusesWhatTheReaderRefuses(String revision) {
    String good = Docs.read(Docs.file("examples/error-rate.yaml"));
    String bad = good.replace("container: app, image: \"${image}\"}", "image: " + revision);
    assertThat(bad).isNotEqualTo(good);
    assertThat(problems(bad)).isNotEmpty();
    assertThat(TestGates.faults(bad, "image", "a:1")).isNotEmpty();
  }

  @Test
  void theSchemaWantsExactlyOneSourceInACheck() {
    String good = Docs.read(Docs.file("examples/error-rate.yaml"));
    assertThat(problems(good.replace("honeycomb:", "prometheus:"))).isNotEmpty();
    assertThat(
            problems(
                good.replace("honeycomb:", "argo: {analysisRuns: required}\n      honeycomb:")))
        .isNotEmpty();
  }

  private static Set<ValidationMessage> problems(String yaml) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Docs.read(FILE));
    Faults faults = new Faults();
    JsonNode tree = JsonTree.of(YamlTree.read(yaml, faults).orElseThrow());
    assertThat(faults.sorted()).isEmpty();
    return schema.validate(tree);
  }
}
