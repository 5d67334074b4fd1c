package io.jenkins.plugins.canarygate.gatefile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes named checks of what is written, or notes why they cannot be any. */
final class ChecksReader {
  private static final int MOST_ARGUMENTS = 20;
  private static final int MOST_CHECKS = 200;
  private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

  /** Words that mean something else in a question or in what a source is asked. */
  private static final Set<String> TAKEN = Set.of("check", "query", "unknown", "window");

  private final RawChecks raw;
  private final Node root;
  private final Scope spec;

  /**
   * @param root the tree as it is written, with its placeholders
   */
  ChecksReader(RawChecks raw, Node root, Places places, Faults faults) {
    this.raw = raw;
    this.root = root;
    this.spec = new Scope(Path.ROOT, places, faults).field("spec");
  }

  Optional<Checks> read() {
    if (raw.spec() == null) {
      return Optional.empty();
    }
    Map<String, CheckArgument> arguments = arguments();
    Map<String, NamedCheck> checks = checks();
    return spec.faults().any() ? Optional.empty() : Optional.of(new Checks(arguments, checks));
  }

  private Map<String, CheckArgument> arguments() {
    Map<String, CheckArgument> found = new LinkedHashMap<>();
    found.put(Checks.NAMESPACE, Checks.NAMESPACE_ARGUMENT);
    Map<String, RawChecks.Argument> written =
        raw.spec().arguments() == null ? Map.of() : raw.spec().arguments();
    Scope all = spec.field("arguments");
    if (written.size() > MOST_ARGUMENTS) {
      all.fault("there are more than " + MOST_ARGUMENTS + " arguments");
    }
    written.forEach(
        (name, argument) -> {
          Scope scope = all.field(name);
          named(name, scope);
          if (argument != null && argument.pattern() != null) {
            Optional<String> problem = BoundedPattern.problem(argument.pattern());
            problem.ifPresent(scope.field("pattern")::fault);
            if (problem.isEmpty()) {
              found.put(name, new CheckArgument(name, BoundedPattern.of(argument.pattern())));
            }
          }
        });
    return found;
  }

  private static void named(String name, Scope scope) {
    if (name.equals(Checks.NAMESPACE)) {
      scope.fault("is always there, for tokens are good for some namespaces: leave it out");
    } else if (TAKEN.contains(name) || name.startsWith("cohort") || name.startsWith("rollout")) {
      scope.fault("is a word that means something else: choose another name");
    } else if (!ARGUMENT.matcher(name).matches()) {
      scope.fault("no name for an argument: use letters, digits and _, beginning with a letter");
    }
  }

  private Map<String, NamedCheck> checks() {
    Map<String, NamedCheck> found = new LinkedHashMap<>();
    List<RawNamedCheck> written = raw.spec().checks();
    Scope list = spec.field("checks");
    if (written == null) {
      return found;
    }
    if (written.isEmpty() && !list.faulty()) {
      list.fault("needs at least one check");
    } else if (written.size() > MOST_CHECKS) {
      list.fault("there are more than " + MOST_CHECKS + " checks");
    }
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < written.size(); i++) {
      RawNamedCheck check = written.get(i);
      Scope scope = list.item(i);
      if (check != null) {
        unique(check.name(), i, names, scope);
        new NamedCheckReader(check, raw.spec().defaults(), scope, spec.field("defaults"))
            .read(item(i))
            .ifPresent(named -> found.putIfAbsent(named.name(), named));
      }
    }
    return found;
  }

  private static void unique(String name, int index, Map<String, Integer> names, Scope scope) {
    Integer before = name == null ? null : names.putIfAbsent(name, index);
    if (before != null) {
      scope.field("name").fault("is the name of checks[" + before + "] as well: names are unique");
    }
  }

  /** The check as it is written. */
  private Node.Mapping item(int index) {
    Node found = ((Node.Mapping) root).get("spec").orElseThrow();
    found = ((Node.Mapping) found).get("checks").orElseThrow();
    return (Node.Mapping) ((Node.Sequence) found).items().get(index);
  }
}
