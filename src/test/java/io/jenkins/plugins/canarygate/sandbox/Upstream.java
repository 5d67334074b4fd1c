package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The schemas of the real services, where they lie beside this repository: a directory given by the
 * system property {@code upstream.dir}, or {@code ../shared/upstream}. A test that needs them is
 * skipped without them.
 */
public final class Upstream {
  private Upstream() {}

  /** The file; the test is skipped where it is not there. */
  public static Path file(String name) {
    Optional<Path> found =
        Stream.of(System.getProperty("upstream.dir", ""), "../shared/upstream")
            .filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory).resolve(name))
            .filter(Files::isRegularFile)
            .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), name + " is not there: give -Dupstream.dir=DIRECTORY");
    return found.orElseThrow();
  }

  /** The schema of a version of a CustomResourceDefinition; fields it does not know are errors. */
  public static JsonSchema crd(String name, String version) throws IOException {
    return crd(name, "", version);
  }

  /**
   * The same from a file of several definitions.
   *
   * @param definition as {@code metrictemplates.flagger.app}; empty for the first
   */
  public static JsonSchema crd(String name, String definition, String version) throws IOException {
    Iterable<Object> all =
        new Load(LoadSettings.builder().setCodePointLimit(50_000_000).build())
            .loadAllFromString(Files.readString(file(name)));
    for (Object yaml : all) {
      JsonNode one = Json.MAPPER.valueToTree(yaml);
      if (definition.isEmpty() || one.at("/metadata/name").asText().equals(definition)) {
        return version(one, version);
      }
    }
    throw new IllegalArgumentException(name + " has no " + definition);
  }

  private static JsonSchema version(JsonNode definition, String version) {
    for (JsonNode one : definition.at("/spec/versions")) {
      if (one.path("name").asText().equals(version)) {
        ObjectNode schema = (ObjectNode) one.at("/schema/openAPIV3Schema").deepCopy();
        strict(schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
      }
    }
    throw new IllegalArgumentException(
        definition.at("/metadata/name").asText() + " has no version " + version);
  }

  private static void strict(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      boolean open =
          object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
              || object.has("additionalProperties");
      if (object.path("properties").isObject() && !open) {
        object.put("additionalProperties", false);
      }
      object.path("properties").forEach(Upstream::strict);
      strict(object.path("items"));
      strict(object.path("additionalProperties"));
    }
  }

  /** A schema of Honeycomb's API description by its name. */
  public static JsonSchema honeycomb(String schema) throws IOException {
    ObjectNode document =
        (ObjectNode) Json.MAPPER.readTree(file("honeycomb/openapi.json").toFile());
    ObjectNode root = Json.object();
    root.put("$ref", "#/components/schemas/" + schema);
    root.set("components", document.path("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
  }

  /** What a schema has to say against a document. */
  public static List<String> faults(JsonSchema schema, JsonNode document) {
    return schema.validate(document).stream().map(Object::toString).toList();
  }
}
