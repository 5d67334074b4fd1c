package io.jenkins.plugins.canarygate.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A source's own section of a check in the gate file, as its package defines it. */
public interface SourceSection {

  /** What a person would call the place the values come from, as {@code honeycomb checkout}. */
  String describe();

  SourceTraits traits();

  /** The namespaces of the cluster that it reads or creates objects in; empty for none. */
  default Set<String> namespaces() {
    return Set.of();
  }

  /** Those of {@link #namespaces} that it creates objects in; empty for none. */
  default Set<String> written() {
    return Set.of();
  }

  /** What is wrong with it, all at once; empty if it can be used. */
  List<SectionFault> faults();

  /**
   * What is wrong with it, beyond {@link #faults}, where it is asked again and again for whoever
   * calls: for a named check of the gate server.
   */
  default List<SectionFault> faultsWhenNamed() {
    return List.of();
  }

  /** The only kind of rollout of which it can be asked, as {@code Rollout}; empty for any. */
  default Optional<String> onlyOf() {
    return Optional.empty();
  }

  /**
   * One thing that is wrong.
   *
   * @param path where, from the section on, as {@code query.calculations[0].op}; empty for the
   *     section itself
   * @param message what was wrong and what to write instead
   */
  record SectionFault(String path, String message) {}
}
