package io.jenkins.plugins.canarygate.tekton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What lies in tekton-tasks/canary-gate. */
final class TaskFiles {
  static final Path FOLDER = Path.of("tekton-tasks", "canary-gate");
  static final Path TASK = FOLDER.resolve("canary-gate.yaml");
  static final Path STEP_ACTION = FOLDER.resolve("stepaction.yaml");

  private static final YAMLMapper YAML = new YAMLMapper();

  private TaskFiles() {}

  /**
   * A document and where it stands.
   *
   * @param file its file
   * @param json what it says
   */
  record Document(Path file, JsonNode json) {
    String kind() {
      return json.path("kind").asText();
    }

    boolean ofTekton() {
      return json.path("apiVersion").asText().startsWith("tekton.dev/");
    }

    @Override
    public String toString() {
      return FOLDER.relativize(file) + " " + kind();
    }
  }

  static JsonNode task() {
    return documents(TASK).get(0).json();
  }

  static List<Document> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> documents(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Document> ofTekton() {
    return all().stream().filter(Document::ofTekton).toList();
  }

  static List<Document> ofKubernetes() {
    return all().stream().filter(one -> !one.ofTekton() && !one.kind().isEmpty()).toList();
  }

  static List<Document> documents(Path file) {
    List<Document> all = new ArrayList<>();
    try {
      YAML.readerFor(JsonNode.class)
          .<JsonNode>readValues(file.toFile())
          .forEachRemaining(json -> all.add(new Document(file, json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(one -> names.add(one.path("name").asText()));
    return names;
  }
}
