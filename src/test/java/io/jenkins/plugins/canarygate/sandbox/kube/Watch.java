package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.http.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One watch.
 *
 * @param since the resourceVersion to go on from; empty or 0 for "as it is now, then changes"
 * @param timeoutSeconds after which the server ends it
 * @param bookmarks whether the client understands bookmarks
 */
record Watch(
    Resource resource,
    Selector selector,
    OptionalLong since,
    OptionalLong timeoutSeconds,
    boolean bookmarks,
    Stream stream) {

  /** The one object it is about, where it is about one. */
  Optional<ObjectKey> singleKey() {
    return selector
        .name()
        .flatMap(name -> selector.namespace().map(place -> new ObjectKey(resource, place, name)));
  }

  /** Sends the change if it concerns this watch, as it looks through its selector. */
  void offer(Change change) {
    boolean before = change.before().map(selector::matches).orElse(false);
    boolean after = change.type() != Change.Type.DELETED && selector.matches(change.after());
    if (after) {
      send(before ? "MODIFIED" : "ADDED", change.after().json());
    } else if (before) {
      send("DELETED", change.after().json());
    }
  }

  void send(String type, byte[] object) {
    byte[] head = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8);
    byte[] event = new byte[head.length + object.length + 2];
    System.arraycopy(head, 0, event, 0, head.length);
    System.arraycopy(object, 0, event, head.length, object.length);
    event[event.length - 2] = '}';
    event[event.length - 1] = '\n';
    stream.send(event);
  }

  byte[] bookmark(long version) {
    ObjectNode object = Json.object();
    object.put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
    object.putObject("metadata").put("resourceVersion", Long.toString(version));
    return Json.bytes(object);
  }

  // Two watches with the same parameters are two watches.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
