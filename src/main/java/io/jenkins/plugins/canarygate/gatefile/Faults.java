package io.jenkins.plugins.canarygate.gatefile;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that all of it can be said at once. */
final class Faults {
  private final Set<Fault> found = new LinkedHashSet<>();

  void add(String path, Place place, String message) {
    found.add(new Fault(path, place.line(), place.column(), message));
  }

  void addAll(Faults others) {
    found.addAll(others.found);
  }

  /** Whether something at or below a path is wrong. */
  boolean within(String path) {
    return found.stream().anyMatch(fault -> Path.isWithin(fault.path(), path));
  }

  boolean any() {
    return !found.isEmpty();
  }

  /** All of them, in the order of the file. */
  List<Fault> sorted() {
    return found.stream()
        .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
        .toList();
  }
}
