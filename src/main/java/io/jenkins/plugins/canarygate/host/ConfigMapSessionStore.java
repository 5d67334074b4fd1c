package io.jenkins.plugins.canarygate.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.SessionJson;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the state in a ConfigMap, so that it outlives the pod. Each write carries the
 * resourceVersion of the one before: a state that another process wrote meanwhile is never
 * overwritten. Who may write at all is said by a {@link RolloutLease}.
 */
public final class ConfigMapSessionStore implements OwnedStore {
  private static final String KEY = "session.json";

  private final KubeApi api;
  private final Name name;
  private final Optional<Owner> owner;
  private final Supplier<Optional<String>> lost;

  private Optional<String> resourceVersion = Optional.empty();
  private Optional<String> unanswered = Optional.empty();
  private boolean closed;

  /**
   * Where a session is kept.
   *
   * @param namespace of the ConfigMap
   * @param name of the ConfigMap
   */
  public record Name(String namespace, String name) {
    @Override
    public String toString() {
      return "configmap:" + namespace + "/" + name;
    }
  }

  /**
   * The object with which the ConfigMap goes away, as a TaskRun; in the same namespace.
   *
   * @param apiVersion as {@code tekton.dev/v1}
   * @param kind as {@code TaskRun}
   * @param name what it is called
   * @param uid its uid
   */
  public record Owner(String apiVersion, String kind, String name, String uid) {}

  /**
   * @param owner goes away with what it owns; empty for a ConfigMap that stays
   * @param lost why nothing may be written any more; empty while it may
   */
  public ConfigMapSessionStore(
      KubeApi api, Name name, Optional<Owner> owner, Supplier<Optional<String>> lost) {
    this.api = api;
    this.name = name;
    this.owner = owner;
    this.lost = lost;
  }

  @Override
  public String name() {
    return "the session " + name;
  }

  @Override
  public synchronized Optional<GateSession> load() throws IOException {
    Optional<JsonNode> object = read();
    resourceVersion = object.map(ConfigMapSessionStore::version);
    Optional<String> json = object.flatMap(ConfigMapSessionStore::kept);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SessionJson.read(json.get()));
    } catch (IllegalArgumentException unusable) {
      throw new IOException(name + ": " + unusable.getMessage(), unusable);
    }
  }

  @Override
  public synchronized void save(GateSession session) throws IOException {
    if (closed) {
      throw new IOException(name() + " has been given up by this process");
    }
    Optional<String> why = lost.get();
    if (why.isPresent()) {
      throw new SessionLostException(why.get());
    }
    String json = SessionJson.write(session);
    if (unanswered.isPresent()) {
      adopt(unanswered.get());
    }
    KubeApi.Answer answer = write(json);
    if (answer.code() == 409 || (answer.code() == 404 && resourceVersion.isPresent())) {
      // Deleted by hand: what was kept there is known here, and written again.
      Optional<JsonNode> there = read();
      if (there.isPresent()) {
        throw new SessionLostException(
            name()
                + " was changed by another hand or process: nothing is written over it; see who"
                + " uses it, and begin the gate again");
      }
      resourceVersion = Optional.empty();
      answer = write(json);
    }
    if (!answer.ok()) {
      throw refused(answer, resourceVersion.isPresent() ? "patch" : "create");
    }
    resourceVersion = Optional.of(version(answer.body()));
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private KubeApi.Answer write(String json) throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = body.putObject("metadata");
    body.putObject("data").put(KEY, json);
    unanswered = Optional.of(json);
    KubeApi.Answer answer;
    try {
      if (resourceVersion.isPresent()) {
        metadata.put("resourceVersion", resourceVersion.get());
        answer = api.patch(path(), body);
      } else {
        body.put("apiVersion", "v1").put("kind", "ConfigMap");
        metadata.put("name", name.name());
        metadata.putObject("labels").put("app.kubernetes.io/managed-by", "canary-gate");
        owner.ifPresent(o -> refer(metadata, o));
        answer = api.post(folder(), body);
      }
    } catch (KubeApi.NoAnswerException e) {
      throw new IOException(e.getMessage(), e);
    }
    unanswered = Optional.empty();
    return answer;
  }

  private static void refer(ObjectNode metadata, Owner owner) {
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", owner.apiVersion())
        .put("kind", owner.kind())
        .put("name", owner.name())
        .put("uid", owner.uid());
  }

  /** A write whose answer never came may have arrived: then it is ours to go on from. */
  private void adopt(String json) throws IOException {
    Optional<JsonNode> there = read();
    if (there.flatMap(ConfigMapSessionStore::kept).filter(json::equals).isPresent()) {
      resourceVersion = there.map(ConfigMapSessionStore::version);
    }
    unanswered = Optional.empty();
  }

  private Optional<JsonNode> read() throws IOException {
    try {
      KubeApi.Answer answer = api.get(path());
      if (answer.code() == 404) {
        return Optional.empty();
      }
      if (!answer.ok() || !answer.body().path("metadata").isObject()) {
        throw refused(answer, "get");
      }
      return Optional.of(answer.body());
    } catch (KubeApi.NoAnswerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asText();
  }

  private static Optional<String> kept(JsonNode object) {
    return Optional.ofNullable(object.path("data").path(KEY).textValue());
  }

  private IOException refused(KubeApi.Answer answer, String verb) {
    return new IOException(
        answer.code() == 403
            ? "the right to "
                + verb
                + " configmaps in namespace "
                + name.namespace()
                + " is missing (403); canary-gate plan --session "
                + name
                + " prints the role that grants it"
            : api.server()
                + " answered "
                + answer.code()
                + " when asked to "
                + verb
                + " the ConfigMap "
                + name.namespace()
                + "/"
                + name.name()
                + (answer.message().isEmpty() ? "" : ": " + answer.message()));
  }

  private String folder() {
    return "/api/v1/namespaces/" + KubeApi.encode(name.namespace()) + "/configmaps";
  }

  private String path() {
    return folder() + "/" + KubeApi.encode(name.name());
  }
}
