package io.jenkins.plugins.canarygate.sandbox.kube;

import java.util.Collection;
import java.util.Optional;

/**
 * What a path of the API is about.
 *
 * @param namespace empty for all, or for objects of the whole cluster
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
record Target(
    Resource resource, Optional<String> namespace, Optional<String> name, String subresource) {

  /** Reads a path; empty where it is none of an object or collection that is served. */
  static Optional<Target> of(String[] parts, Collection<Resource> served) {
    int at = parts.length > 0 && parts[0].equals("api") ? 2 : 3;
    if (parts.length <= at) {
      return Optional.empty();
    }
    String group = at == 2 ? "" : parts[1];
    String version = parts[at - 1];
    Optional<String> namespace = Optional.empty();
    if (parts[at].equals("namespaces") && parts.length > at + 2) {
      namespace = Optional.of(parts[at + 1]);
      at += 2;
    }
    String plural = parts[at];
    Optional<String> name = parts.length > at + 1 ? Optional.of(parts[at + 1]) : Optional.empty();
    String subresource = parts.length > at + 2 ? parts[at + 2] : "";
    Optional<String> where = namespace;
    return served.stream()
        .filter(r -> r.group().equals(group) && r.version().equals(version))
        .filter(r -> r.plural().equals(plural))
        .findFirst()
        .map(resource -> new Target(resource, where, name, subresource));
  }

  /**
   * The object it is about.
   *
   * @throws ApiError 404 for a collection, or a namespaced object without its namespace
   */
  ObjectKey key() {
    if (name.isEmpty() || namespace.isPresent() != resource.namespaced()) {
      throw ApiError.noSuchPath();
    }
    return new ObjectKey(resource, namespace.orElse(""), name.get());
  }

  boolean isStatus() {
    return subresource.equals("status");
  }
}
