package io.jenkins.plugins.canarygate.server.checks;

import java.util.Optional;
import java.util.Set;

/**
 * What a token is good for.
 *
 * @param id the beginning of its hash, which tells tokens apart where they are counted
 * @param namespaces those that it may ask for; {@code *} among them is every one
 * @param checks the names of the checks that it may ask for, likewise
 */
record Grant(String id, Set<String> namespaces, Set<String> checks) {
  static final String ALL = "*";

  boolean namespace(String name) {
    return namespaces.contains(ALL) || namespaces.contains(name);
  }

  boolean check(String name) {
    return checks.contains(ALL) || checks.contains(name);
  }

  /** The one namespace that it is good for, if it is one. */
  Optional<String> onlyNamespace() {
    return namespaces.size() == 1
        ? namespaces.stream().filter(name -> !name.equals(ALL)).findFirst()
        : Optional.empty();
  }
}
