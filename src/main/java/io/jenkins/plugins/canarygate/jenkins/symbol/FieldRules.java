package io.jenkins.plugins.canarygate.jenkins.symbol;

import io.jenkins.plugins.canarygate.gatefile.Fault;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with one field of a check in a form. The gate file says it: the field is read in a
 * gate in which all else is right.
 */
final class FieldRules {
  private static final String CHECK = "spec.checks[0].";

  private FieldRules() {}

  /** A check that one field is tried in. */
  interface Trial {
    Map<String, Object> tree() throws GateFileException;
  }

  /**
   * Reads the check, and looks at what is said of one of its fields.
   *
   * @param trial the check
   * @param value the field's text; what a placeholder stands for is known only in a run
   * @param fields the field, as {@code honeycomb.query}; or several
   * @return what is wrong, in one line; empty where nothing is
   */
  static Optional<String> fault(Trial trial, String value, String... fields) {
    if (value != null && value.contains("${")) {
      return Optional.empty();
    }
    try {
      GateFile.read(gate(trial.tree()), "", Map.of());
      return Optional.empty();
    } catch (GateFileException e) {
      return e.faults().stream()
          .filter(fault -> isOf(fault.path(), fields))
          .map(Fault::message)
          .findFirst();
    }
  }

  /** A fault without a path is that of a text which is neither YAML nor JSON. */
  private static boolean isOf(String path, String... fields) {
    return List.of(fields).stream()
            .map(CHECK::concat)
            .anyMatch(
                field ->
                    path.equals(field)
                        || path.startsWith(field + ".")
                        || path.startsWith(field + "["))
        || !path.startsWith("spec.");
  }

  private static Map<String, Object> gate(Map<String, Object> check) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("rollout", Map.of("argo", Map.of("namespace", "n", "name", "n"), "revision", "any"));
    spec.put("checks", List.of(check));
    return Map.of(
        "apiVersion",
        "canary-gate/v1",
        "kind",
        "Gate",
        "metadata",
        Map.of("name", "n"),
        "spec",
        spec);
  }
}
