package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Json;

/** Carries out the writes of requests. */
final class Writes {
  private final ObjectStore store;
  private final Target target;

  Writes(ObjectStore store, Target target) {
    this.store = store;
    this.target = target;
  }

  Answer create(JsonNode body) {
    if (target.name().isPresent()) {
      throw ApiError.methodNotAllowed();
    }
    JsonNode metadata = body.path("metadata");
    String name = metadata.path("name").asText("");
    if (name.isEmpty() && metadata.has("generateName")) {
      name =
          metadata.path("generateName").asText()
              + Long.toString(store.version() * 2654435761L % 60466176L + 60466176L, 36)
                  .substring(1);
    }
    String place = target.namespace().orElse("");
    String given = metadata.path("namespace").asText(place);
    if (!given.equals(place)) {
      throw ApiError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    ObjectKey key = new ObjectKey(target.resource(), place, name);
    if (name.isEmpty()) {
      throw ApiError.invalid(
          key, "metadata.name: Required value: name or generateName is required");
    }
    return Answer.json(201, store.create(key, body).json());
  }

  Answer replace(JsonNode body) {
    ObjectKey key = target.key();
    if (body.path("metadata").path("resourceVersion").asText("").isEmpty()
        && (key.resource().isCustom() || key.resource().equals(Resource.LEASES))) {
      throw ApiError.invalid(
          key, "metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
    }
    return Answer.json(
        200, store.change(key, part(), live -> ((ObjectNode) body).deepCopy()).json());
  }

  Answer patch(String type, JsonNode body) {
    ObjectKey key = target.key();
    String kind = type.split(";")[0].strip();
    return Answer.json(
        200,
        switch (kind) {
          case "application/merge-patch+json", "application/strategic-merge-patch+json" -> {
            if (kind.contains("strategic") && key.resource().isCustom()) {
              throw ApiError.unsupportedMediaType(type);
            }
            yield store.change(key, part(), live -> (ObjectNode) Patches.merge(live, body)).json();
          }
          case "application/json-patch+json" ->
              store.change(key, part(), live -> jsonPatched(key, live, body)).json();
          default -> throw ApiError.unsupportedMediaType(type);
        });
  }

  private static ObjectNode jsonPatched(ObjectKey key, ObjectNode live, JsonNode operations) {
    try {
      return (ObjectNode) Patches.apply(live, operations);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid(key, e.getMessage());
    }
  }

  Answer delete(JsonNode options) {
    ObjectKey key = target.key();
    Stored gone = store.delete(key, options.path("preconditions"));
    if (store.find(key).isPresent()) {
      return Answer.json(200, gone.json());
    }
    ObjectNode status = Json.of("{'kind':'Status','apiVersion':'v1','metadata':{}}");
    status.put("status", "Success");
    status
        .putObject("details")
        .put("name", key.name())
        .put("group", key.resource().group())
        .put("kind", key.resource().plural())
        .put("uid", gone.uid());
    return Answer.json(200, status);
  }

  private ObjectStore.Part part() {
    return target.isStatus() ? ObjectStore.Part.STATUS : ObjectStore.Part.WHOLE;
  }
}
