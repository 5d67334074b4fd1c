package io.jenkins.plugins.canarygate.gatefile;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that all of it can be said at once. */
final class Faults {
  private static final int LONGEST = 600;

  private final Set<Fault> found = new LinkedHashSet<>();
  private final PathSet paths = new PathSet();

  void add(String path, Place place, String message) {
    paths.add(path);
    found.add(new Fault(oneLine(path), place.line(), place.column(), oneLine(message)));
  }

  void addAll(Faults others) {
    found.addAll(others.found);
    others.found.forEach(fault -> paths.add(fault.path()));
  }

  /** Whether something at or below a path is wrong. */
  boolean within(String path) {
    return paths.hasWithin(path);
  }

  boolean any() {
    return !found.isEmpty();
  }

  /** A query may hold names of several lines, or long ones. */
  private static String oneLine(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return cut.replaceAll("\\s", " ");
  }

  /** All of them, in the order of the file. */
  List<Fault> sorted() {
    return found.stream()
        .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
        .toList();
  }
}
