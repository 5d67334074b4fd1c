package io.jenkins.plugins.canarygate.rollout.flagger;

import java.util.LinkedHashSet;
import java.util.Set;

/** What the names of a workload's pods look like (rule M13). */
final class PodNames {
  /** Kubernetes cuts what it generates names from, so that five more characters fit into 63. */
  private static final int LONGEST_BASE = 58;

  private static final int SHORTEST_HASH = 6;
  private static final int LONGEST_HASH = 10;
  private static final String ANY = "[a-z0-9]";

  private PodNames() {}

  /**
   * A regular expression that RE2 and Java read alike, and that needs no backslash in a string. It
   * matches no pod of {@code <name>-primary}: there is a dash more in theirs.
   *
   * @param name the name of the Deployment or DaemonSet
   * @param kind which of the two it is
   */
  static String of(String name, String kind) {
    String base = name + "-";
    if (kind.equals("DaemonSet") || base.length() >= LONGEST_BASE) {
      return literal(base) + ANY + "{5}";
    }
    int room = LONGEST_BASE - base.length();
    if (room > LONGEST_HASH) {
      return literal(base) + ANY + "{6,10}-" + ANY + "{5}";
    }
    // The template's hash is cut, or the dash after it.
    Set<String> forms = new LinkedHashSet<>();
    for (int hash = SHORTEST_HASH; hash <= LONGEST_HASH; hash++) {
      forms.add(
          hash < room
              ? ANY + "{" + hash + "}-" + ANY + "{5}"
              : ANY + "{" + (Math.min(hash, room) + 5) + "}");
    }
    return literal(base) + "(" + String.join("|", forms) + ")";
  }

  private static String literal(String base) {
    String cut = base.length() > LONGEST_BASE ? base.substring(0, LONGEST_BASE) : base;
    return cut.replace(".", "[.]");
  }
}
