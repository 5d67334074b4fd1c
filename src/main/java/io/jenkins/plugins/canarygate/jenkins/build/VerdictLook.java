package io.jenkins.plugins.canarygate.jenkins.build;

/** How a verdict is drawn beside its word: a symbol whose shape says it as well as its colour. */
final class VerdictLook {
  private VerdictLook() {}

  /**
   * One of Jenkins' own symbols.
   *
   * @param verdict a verdict, or the state of a check; empty for a gate that runs
   */
  static String icon(String verdict) {
    return "symbol-"
        + switch (verdict) {
          case "PASS" -> "status-blue";
          case "WARN" -> "status-yellow";
          case "FAIL", "ERROR", "REFUSED", "TIMEOUT" -> "status-red";
          case "CANCELLED" -> "status-aborted";
          case "INCONCLUSIVE", "UNJUDGED" -> "help-circle";
          case "", "RUNNING", "unfinished" -> "status-nobuilt-anime";
          default -> "status-nobuilt";
        };
  }

  /** A class of Jenkins' design library for a box that says it. */
  static String alert(String verdict) {
    return "jenkins-alert-"
        + switch (verdict) {
          case "PASS" -> "success";
          case "FAIL", "ERROR", "REFUSED", "TIMEOUT" -> "danger";
          case "", "RUNNING", "unfinished", "SUPERSEDED" -> "info";
          default -> "warning";
        };
  }
}
