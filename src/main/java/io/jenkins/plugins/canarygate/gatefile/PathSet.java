package io.jenkins.plugins.canarygate.gatefile;

import java.util.HashSet;
import java.util.Set;

/** Paths of a gate file, asked for by what is around them. */
final class PathSet {
  private final Set<String> around = new HashSet<>();

  void add(String path) {
    String at = path;
    // What is around a path that is there already is there as well.
    while (around.add(at) && !at.isEmpty()) {
      at = Path.parent(at);
    }
  }

  /** Whether a path of the set is this one, or lies below it. */
  boolean hasWithin(String path) {
    return around.contains(path);
  }
}
