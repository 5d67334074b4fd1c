package io.jenkins.plugins.canarygate.sandbox.kube;

import java.util.Optional;

/**
 * One change of one object.
 *
 * @param type what a watch calls it
 * @param before empty for a new object
 * @param after the new version; for a deletion the last one, with the resourceVersion of the
 *     deletion
 */
public record Change(Type type, Optional<Stored> before, Stored after) {

  /** What a watch calls it. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
