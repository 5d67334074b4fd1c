package io.jenkins.plugins.canarygate.tekton;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.jenkins.plugins.canarygate.sandbox.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What lies in tekton-tasks/canary-gate")
class TaskFilesTest {
  private static final boolean REWRITE = Boolean.getBoolean("docs.rewrite");
  private static final Pattern PARAM = Pattern.compile("\\$\\(params\\.([a-z-]+)(\\[\\*])?\\)");

  private static List<TaskFiles.Document> ofTekton() {
    return TaskFiles.ofTekton();
  }

  private static List<TaskFiles.Document> ofKubernetes() {
    return TaskFiles.ofKubernetes();
  }

  private final JsonNode task = TaskFiles.task();
  private final JsonNode step = task.at("/spec/steps/0");

  @ParameterizedTest
  @MethodSource("ofTekton")
  void everyDocumentIsOneThatTektonsSchemasAllow(TaskFiles.Document document) throws IOException {
    String version = document.json().path("apiVersion").asText().substring("tekton.dev/".length());

    Set<ValidationMessage> faults =
        Upstream.crd("tekton/" + document.kind().toLowerCase(Locale.ROOT) + "-crd.yaml", version)
            .validate(document.json());

    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ofKubernetes")
  void everyOtherFieldIsOneThatKubernetesHas(TaskFiles.Document document) {
    assertThat(KnownFields.unknown(document.json())).isEmpty();
    assertThat(document.json().at("/metadata/namespace").isMissingNode()).isTrue();
  }

  @Test
  void theStepActionSaysWhatTheTaskSays() throws IOException {
    String text = StepActionOfTask.text(task);
    if (REWRITE) {
      Files.writeString(TaskFiles.STEP_ACTION, text);
    }
    assertThat(Files.readString(TaskFiles.STEP_ACTION))
        .as("run this test with -Ddocs.rewrite=true")
        .isEqualTo(text);
    assertThat(text).doesNotContain("$(workspaces.").doesNotContain("$(results.");
  }

  @Test
  void itsVersionIsTheProjects() throws IOException {
    Matcher version =
        Pattern.compile("<version>([0-9.]+)(-SNAPSHOT)?</version>")
            .matcher(Files.readString(Path.of("pom.xml")));

    assertThat(version.find()).isTrue();
    assertThat(task.at("/metadata/labels/app.kubernetes.io~1version").asText())
        .isEqualTo(version.group(1));
  }

  @Test
  void thePodCanDoNothingThatItNeedNot() {
    JsonNode may = step.path("securityContext");

    assertThat(may.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(may.path("runAsUser").asInt()).isEqualTo(65532);
    assertThat(may.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(may.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(may.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(may.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(step.at("/computeResources/limits/memory").isMissingNode()).isFalse();
  }

  @Test
  void thereIsOneStepWithoutAScriptAndWithAProgramOfItsOwn() {
    assertThat(task.at("/spec/steps")).hasSize(1);
    assertThat(step.has("script")).isFalse();
    // Tekton would otherwise ask the registry for the image's entry point.
    assertThat(step.path("command")).isNotEmpty();
  }

  @Test
  void itStartsWhatTheImagesEntryPointStarts() throws IOException {
    List<String> command = new ArrayList<>();
    step.path("command").forEach(word -> command.add(word.asText()));
    String layout = Files.readString(Path.of("release", "image", "lib", "layout"));

    assertThat(layout)
        .contains("Entrypoint: [\"" + command.get(0) + "\", \"" + command.get(1) + "\", $main]");
    assertThat(Files.readString(Path.of("release", "image", "lib", "classes")))
        .contains("main=" + command.get(2) + "\n");
  }

  @Test
  void everyParamIsUsedAndEveryUsedOneIsDeclared() {
    Set<String> used = new TreeSet<>();
    PARAM.matcher(step.toString()).results().forEach(found -> used.add(found.group(1)));

    assertThat(used).containsExactlyInAnyOrderElementsOf(TaskFiles.names(task.at("/spec/params")));
  }

  @Test
  void onlyTheImageMustBeGiven() {
    for (JsonNode param : task.at("/spec/params")) {
      assertThat(param.has("default"))
          .as(param.path("name").asText())
          .isEqualTo(!param.path("name").asText().equals("image"));
    }
    assertThat(task.at("/spec/workspaces"))
        .allMatch(workspace -> workspace.path("optional").asBoolean());
  }

  @Test
  void noParamHoldsASecretButTheNameOfOne() {
    for (JsonNode variable : step.path("env")) {
      String name = variable.path("name").asText();
      assertThat(variable.has("valueFrom"))
          .as(name)
          .isEqualTo(name.matches(".*(KEY|TOKEN|PASSWORD).*"));
    }
    // Kubernetes puts earlier variables into later ones: what a person gives must not see the key.
    assertThat(step.path("env").get(step.path("env").size() - 1).path("name").asText())
        .isEqualTo("HONEYCOMB_API_KEY");
  }

  @ParameterizedTest
  @MethodSource("ofTekton")
  void whatTheSamplesGiveTheTaskHasAPlaceFor(TaskFiles.Document document) {
    List<JsonNode> uses = new ArrayList<>();
    for (String list : new String[] {"/spec/tasks", "/spec/finally"}) {
      document.json().at(list).forEach(uses::add);
    }
    uses.add(document.json().path("spec"));
    for (JsonNode use : uses) {
      if (use.at("/taskRef/name").asText().equals("canary-gate")) {
        assertThat(TaskFiles.names(task.at("/spec/params")))
            .containsAll(TaskFiles.names(use.path("params")));
        assertThat(TaskFiles.names(use.path("params"))).contains("image");
        assertThat(TaskFiles.names(task.at("/spec/workspaces")))
            .containsAll(TaskFiles.names(use.path("workspaces")));
        // Tekton refuses the two together.
        assertThat(use.has("retries") && use.has("onError")).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ofTekton")
  void everyImageIsNamedByDigestOrByAParam(TaskFiles.Document document) {
    for (JsonNode one : document.json().at("/spec/steps")) {
      assertThat(one.path("image").asText("$(params.")).startsWith("$(params.");
    }
    for (JsonNode param : document.json().at("/spec/params")) {
      if (param.path("name").asText().endsWith("canary-gate-image") && param.has("value")) {
        assertThat(param.path("value").asText()).contains("@sha256:");
      }
    }
  }

  @Test
  void everyParamResultAndWorkspaceIsExplained() throws IOException {
    String page = Files.readString(Path.of("docs", "tekton.md"));
    String readme = Files.readString(TaskFiles.FOLDER.resolve("README.md"));
    for (String list : new String[] {"/spec/params", "/spec/workspaces", "/spec/results"}) {
      for (JsonNode one : task.at(list)) {
        String name = one.path("name").asText();
        assertThat(page).contains("| `" + name + "` |");
        assertThat(readme).contains("`" + name + "`");
        assertThat(one.path("description").asText()).as(name).isNotBlank();
      }
    }
  }
}
