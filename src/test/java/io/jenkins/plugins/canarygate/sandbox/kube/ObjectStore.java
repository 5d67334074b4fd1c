package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The objects of the simulated cluster, with uid, generation, a global resourceVersion and
 * optimistic locking as etcd and the API server have them. Every method holds the store's monitor;
 * whoever needs several calls to be one holds it as well. Listeners hear of a change in its order.
 */
public final class ObjectStore {
  private final InstantSource clock;
  private final Map<Resource, NavigableMap<String, Stored>> objects = new HashMap<>();
  private final Map<String, Set<ObjectKey>> owned = new HashMap<>();
  private final Map<String, ObjectKey> byUid = new HashMap<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();
  private long version = 1000;

  /** Which part of an object a write is about. */
  public enum Part {
    WHOLE,
    STATUS
  }

  public ObjectStore(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** The resourceVersion of the newest write. */
  public synchronized long version() {
    return version;
  }

  public synchronized Optional<Stored> find(ObjectKey key) {
    return Optional.ofNullable(kind(key.resource()).get(path(key)));
  }

  /**
   * Reads one object.
   *
   * @throws ApiError 404 if it is not there
   */
  public synchronized Stored get(ObjectKey key) {
    return find(key).orElseThrow(() -> ApiError.notFound(key));
  }

  synchronized List<Stored> list(Resource resource, Selector selector) {
    if (selector.namespace().isPresent() && selector.name().isPresent()) {
      ObjectKey key = new ObjectKey(resource, selector.namespace().get(), selector.name().get());
      return find(key).filter(selector::matches).stream().toList();
    }
    NavigableMap<String, Stored> kind = kind(resource);
    Map<String, Stored> place =
        selector
            .namespace()
            .<Map<String, Stored>>map(name -> kind.subMap(name + "/", name + "0"))
            .orElse(kind);
    return place.values().stream().filter(selector::matches).toList();
  }

  /** All objects of a kind, by namespace and name. */
  public synchronized List<Stored> all(Resource resource) {
    return List.copyOf(kind(resource).values());
  }

  /** Which object has this uid. */
  public synchronized Optional<ObjectKey> withUid(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** The objects of a kind that the owner controls. */
  public synchronized List<Stored> ownedBy(String uid, Resource resource) {
    return owned.getOrDefault(uid, Set.of()).stream()
        .filter(key -> key.resource().equals(resource))
        .map(this::get)
        .toList();
  }

  /**
   * Creates an object.
   *
   * @throws ApiError 409 if there is one by this name
   */
  public synchronized Stored create(ObjectKey key, JsonNode body) {
    if (find(key).isPresent()) {
      throw ApiError.alreadyExists(key);
    }
    ObjectNode object = ((ObjectNode) body).deepCopy();
    if (key.resource().statusSubresource()) {
      object.remove("status");
    }
    return insert(key, object);
  }

  /** Puts an object there with its status, as a backup that is restored. */
  public synchronized Stored insert(ObjectKey key, ObjectNode object) {
    Defaults.fill(key.resource(), object);
    object.put("apiVersion", key.resource().apiVersion()).put("kind", key.resource().kind());
    ObjectNode metadata = object.withObject("/metadata");
    metadata.put("name", key.name());
    if (!key.namespace().isEmpty()) {
      metadata.put("namespace", key.namespace());
    }
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    if (!metadata.has("generation")) {
      metadata.put("generation", 1);
    }
    return commit(Change.Type.ADDED, Optional.empty(), key, object);
  }

  /**
   * Changes an object, or leaves it as it is where nothing would be different.
   *
   * @param edit from the live object to the one that is wanted; a resourceVersion or uid that it
   *     carries is a precondition
   * @throws ApiError 404, 409
   */
  public synchronized Stored change(ObjectKey key, Part part, UnaryOperator<ObjectNode> edit) {
    Stored current = get(key);
    ObjectNode before = current.tree();
    ObjectNode wanted = edit.apply(before.deepCopy());
    Preconditions.check(current, wanted.path("metadata"));
    ObjectNode after = merged(key.resource(), part, before, wanted);
    Defaults.fill(key.resource(), after);
    if (Json.same(after, before)) {
      return current;
    }
    if (!sameSpec(before, after)) {
      ObjectNode metadata = (ObjectNode) after.path("metadata");
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
    if (isDeleted(after)) {
      return remove(current, after);
    }
    return commit(Change.Type.MODIFIED, Optional.of(current), key, after);
  }

  private static ObjectNode merged(
      Resource resource, Part part, ObjectNode before, ObjectNode wanted) {
    ObjectNode after = part == Part.STATUS ? before.deepCopy() : wanted;
    if (part == Part.STATUS || resource.statusSubresource()) {
      copy("status", part == Part.STATUS ? wanted : before, after);
    }
    ObjectNode metadata = after.withObject("/metadata");
    for (String fixed :
        List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "generation",
            "resourceVersion",
            "deletionTimestamp")) {
      copy(fixed, (ObjectNode) before.path("metadata"), metadata);
    }
    copy("apiVersion", before, after);
    copy("kind", before, after);
    return after;
  }

  private static void copy(String field, ObjectNode from, ObjectNode to) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    } else {
      to.remove(field);
    }
  }

  private static boolean sameSpec(ObjectNode before, ObjectNode after) {
    Set<String> meta = Set.of("metadata", "status");
    return Json.same(before.deepCopy().remove(meta), after.deepCopy().remove(meta));
  }

  /**
   * Deletes an object and what it controls; one with finalizers is only marked.
   *
   * @param preconditions of DeleteOptions; may be missing
   * @throws ApiError 404, 409
   */
  public synchronized Stored delete(ObjectKey key, JsonNode preconditions) {
    Stored current = get(key);
    Preconditions.check(current, preconditions);
    ObjectNode object = current.tree();
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    if (!metadata.path("finalizers").isEmpty()) {
      if (metadata.has("deletionTimestamp")) {
        return current;
      }
      metadata.put("deletionTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      metadata.put("generation", metadata.path("generation").asLong() + 1);
      return commit(Change.Type.MODIFIED, Optional.of(current), key, object);
    }
    return remove(current, object);
  }

  private static boolean isDeleted(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty();
  }

  private Stored remove(Stored current, ObjectNode last) {
    Stored gone = commit(Change.Type.DELETED, Optional.of(current), current.key(), last);
    for (ObjectKey child : List.copyOf(owned.getOrDefault(gone.uid(), Set.of()))) {
      delete(child, com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }
    return gone;
  }

  private Stored commit(
      Change.Type type, Optional<Stored> before, ObjectKey key, ObjectNode object) {
    version++;
    object.withObject("/metadata").put("resourceVersion", Long.toString(version));
    Stored after = Stored.of(key, version, object);
    before.flatMap(Stored::owner).ifPresent(owner -> owned.get(owner).remove(key));
    if (type == Change.Type.DELETED) {
      kind(key.resource()).remove(path(key));
      byUid.remove(after.uid());
    } else {
      kind(key.resource()).put(path(key), after);
      byUid.put(after.uid(), key);
      after
          .owner()
          .ifPresent(owner -> owned.computeIfAbsent(owner, o -> new LinkedHashSet<>()).add(key));
    }
    Change change = new Change(type, before, after);
    listeners.forEach(listener -> listener.accept(change));
    return after;
  }

  private NavigableMap<String, Stored> kind(Resource resource) {
    return objects.computeIfAbsent(resource, r -> new TreeMap<>());
  }

  private static String path(ObjectKey key) {
    return key.namespace() + "/" + key.name();
  }
}
