package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The ConfigMaps and Secrets that a pod template names ({@code canary/config_tracker.go}). */
final class Configs {
  private static final List<String> TRACKED_SECRETS =
      List.of("Opaque", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "kubernetes.io/tls");

  private final ObjectStore store;

  Configs(ObjectStore store) {
    this.store = store;
  }

  /** What is tracked, by name as {@code configmap/settings}, with its checksum. */
  ObjectNode of(String namespace, JsonNode template) {
    Map<String, String> found = new TreeMap<>();
    // Visiting a copy tells the names.
    visit(
        (ObjectNode) template.deepCopy(),
        reference -> {
          read(namespace, reference)
              .ifPresent(
                  object -> {
                    JsonNode data = object.path("data");
                    found.put(reference, Checksums.ofData(data.isObject() ? data : Json.object()));
                  });
          return reference;
        });
    ObjectNode configs = Json.object();
    found.forEach(configs::put);
    return configs;
  }

  /** Copies what is tracked to {@code NAME-primary}, and renames it in the template. */
  void promote(CanaryView canary, ObjectNode template, JsonNode tracked) {
    tracked.fieldNames().forEachRemaining(reference -> copy(canary, reference));
    visit(template, ref -> tracked.has(ref) ? ref + "-primary" : ref);
  }

  private void copy(CanaryView canary, String reference) {
    ObjectNode source = read(canary.namespace(), reference).orElseThrow();
    ObjectNode copy = Json.object();
    copy.set("data", source.path("data"));
    if (source.has("type")) {
      copy.set("type", source.get("type"));
    }
    ObjectKey key = key(canary.namespace(), reference + "-primary");
    if (store.find(key).isEmpty()) {
      Workload.ownedBy(canary, copy);
      store.create(key, copy);
    } else {
      store.change(
          key,
          ObjectStore.Part.WHOLE,
          live -> {
            live.set("data", copy.path("data"));
            return live;
          });
    }
  }

  private Optional<ObjectNode> read(String namespace, String reference) {
    return store
        .find(key(namespace, reference))
        .map(Stored::tree)
        .filter(
            object ->
                !object
                    .at("/metadata/annotations/flagger.app~1config-tracking")
                    .asText("")
                    .startsWith("disable"))
        .filter(
            object ->
                reference.startsWith("configmap/")
                    || TRACKED_SECRETS.contains(object.path("type").asText("Opaque")));
  }

  private static ObjectKey key(String namespace, String reference) {
    boolean isMap = reference.startsWith("configmap/");
    String name = reference.substring(reference.indexOf('/') + 1);
    return new ObjectKey(isMap ? Resource.CONFIG_MAPS : Resource.SECRETS, namespace, name);
  }

  /** Goes through every reference of a template, and writes what it is to be called instead. */
  private static void visit(ObjectNode template, UnaryOperator<String> rename) {
    JsonNode spec = template.path("spec");
    for (JsonNode volume : spec.path("volumes")) {
      rename(volume.path("configMap"), "name", "configmap/", rename);
      rename(volume.path("secret"), "secretName", "secret/", rename);
      for (JsonNode source : volume.at("/projected/sources")) {
        rename(source.path("configMap"), "name", "configmap/", rename);
        rename(source.path("secret"), "name", "secret/", rename);
      }
    }
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        for (JsonNode env : container.path("env")) {
          rename(env.at("/valueFrom/configMapKeyRef"), "name", "configmap/", rename);
          rename(env.at("/valueFrom/secretKeyRef"), "name", "secret/", rename);
        }
        for (JsonNode from : container.path("envFrom")) {
          rename(from.path("configMapRef"), "name", "configmap/", rename);
          rename(from.path("secretRef"), "name", "secret/", rename);
        }
      }
    }
  }

  private static void rename(
      JsonNode node, String field, String prefix, UnaryOperator<String> rename) {
    if (node instanceof ObjectNode object && object.has(field)) {
      String name = rename.apply(prefix + object.path(field).asText());
      object.put(field, name.substring(prefix.length()));
    }
  }
}
