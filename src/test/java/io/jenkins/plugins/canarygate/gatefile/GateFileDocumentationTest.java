package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GateFileDocumentationTest {
  private static final Path FILE = Docs.file("gate-file.md");
  private static final String BEGIN = "<!-- fields: begin -->\n";
  private static final String END = "<!-- fields: end -->";
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void theTableHasEveryFieldAndEveryDefault() {
    String text = Docs.read(FILE);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    int to = text.indexOf(END);
    if (Docs.REWRITE) {
      Docs.write(FILE, text.substring(0, from) + FieldTable.text() + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("mvn test -Dtest=GateFileDocumentationTest -Ddocs.rewrite=true writes it anew")
        .isEqualTo(FieldTable.text());
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyFieldIsDescribedAndSaysWhatAppliesWithoutIt(Class<?> type) {
    for (RecordShape.Field field : RecordShape.of(type).fields()) {
      if (!field.hidden()) {
        assertThat(field.find(JsonPropertyDescription.class)).as(field.name()).isPresent();
      }
      boolean ours = type.getPackage().equals(RawGate.class.getPackage());
      if (ours && field.find(Brings.class).isEmpty() && field.find(Alone.class).isEmpty()) {
        long said =
            Stream.of(
                    field.required(),
                    field.defaultValue().isPresent(),
                    field.find(Unset.class).isPresent())
                .filter(is -> is)
                .count();
        assertThat(said).as(type.getSimpleName() + "." + field.name()).isEqualTo(1);
      }
    }
  }

  @Test
  void theTablesDefaultsAreTheEnginesOwn() {
    String table = FieldTable.text();
    assertThat(table)
        .contains("`spec.timeouts.start` | duration | `" + Durations.text(Timeouts.DEFAULT.start()))
        .contains("`spec.timeouts.total` | duration | `" + Durations.text(Timeouts.DEFAULT.total()))
        .containsPattern("`spec.onPass` .* `" + Policy.DEFAULT.onPass().text() + "` \\| What")
        .containsPattern("`spec.onWarn` .* `" + Policy.DEFAULT.onWarn().text() + "` \\| What")
        .containsPattern("`spec.onFail` .* `" + Policy.DEFAULT.onFail().text() + "` \\| What")
        .containsPattern("`spec.onTimeout` .* `" + Policy.DEFAULT.onTimeout().text() + "` \\| What")
        .containsPattern("`spec.onCancel` .* `" + Policy.DEFAULT.onCancel().text() + "` \\| What");
  }

  @Test
  void everyPieceOfYamlInTheTextIsInOrder() {
    List<String> faults = new ArrayList<>();
    Matcher examples = EXAMPLE.matcher(Docs.read(FILE));
    int number = 0;
    while (examples.find()) {
      number++;
      faults.addAll(TestGates.faults(whole(examples.group(1)), parameters(examples.group(1))));
    }
    assertThat(number).isGreaterThan(8);
    assertThat(faults).isEmpty();
  }

  /** The text shows pieces of {@code spec}; what a piece leaves out is filled up here. */
  private static String whole(String piece) {
    if (piece.startsWith("apiVersion")) {
      return piece;
    }
    StringBuilder text =
        new StringBuilder("apiVersion: canary-gate/v1\nkind: Gate\nmetadata: {name: x}\nspec:\n");
    piece.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    if (!piece.contains("rollout:")) {
      text.append("  rollout: {argo: {namespace: shop, name: checkout}, revision: any}\n");
    }
    if (!piece.contains("checks:")) {
      text.append("  checks: [{name: argo, argo: {analysisRuns: required}}]\n");
    }
    if (piece.contains("ratio:") && !piece.contains("cohorts:")) {
      text.append(TestGates.FILTERS);
    }
    return text.toString();
  }

  private static String[] parameters(String piece) {
    return piece.contains("image: {required: true}")
        ? new String[] {"image", "a:1"}
        : new String[0];
  }

  static Stream<Class<?>> records() {
    List<Class<?>> found = new ArrayList<>();
    collect(RawGate.class, found);
    return found.stream();
  }

  private static void collect(Class<?> type, List<Class<?>> found) {
    if (!type.isRecord() || found.contains(type) || ScalarTypes.of(type).isPresent()) {
      return;
    }
    if (type == Brought.class) {
      return;
    }
    found.add(type);
    RecordShape shape = RecordShape.of(type);
    for (RecordShape.Field field : shape.fields()) {
      boolean many = field.type() == List.class || field.type() == java.util.Map.class;
      collect(many ? field.itemType() : field.type(), found);
    }
    shape
        .brings()
        .ifPresent(role -> Sections.of(role).forEach(section -> collect(section.type(), found)));
  }
}
