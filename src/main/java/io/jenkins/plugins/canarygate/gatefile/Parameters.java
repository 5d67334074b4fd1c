package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.evidence.NearestWord;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The parameters of a gate file with the values of this run (rule M13).
 *
 * @param values by name, sorted
 * @param declared the names that the file knows; some may have no value, which has been said
 */
record Parameters(Map<String, String> values, Set<String> declared) {
  private static final String PATH = "spec.parameters";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Set<String> TAKEN = Set.of("rollout", "cohort");

  /**
   * Finds each parameter's value.
   *
   * @param section {@code spec.parameters}, as it is written
   * @param handedIn the values of this run
   */
  static Parameters of(
      Map<String, RawGate.Parameter> section,
      Map<String, String> handedIn,
      Places places,
      Faults faults) {
    Map<String, String> values = new TreeMap<>();
    section.forEach(
        (name, parameter) -> {
          String path = Path.field(PATH, name);
          String problem = problem(name, parameter, handedIn.get(name));
          if (!problem.isEmpty()) {
            faults.add(path, places.of(path), problem);
          } else if (parameter != null) {
            values.put(
                name,
                handedIn.containsKey(name) ? handedIn.get(name) : parameter.defaultValue().text());
          }
        });
    for (String name : new TreeSet<>(handedIn.keySet())) {
      if (!section.containsKey(name)) {
        faults.add(
            Path.field(PATH, name),
            places.given(PATH) ? places.of(PATH) : Place.NONE,
            "was given a value, but the gate file declares no such parameter"
                + NearestWord.hint(name, section.keySet()));
      }
    }
    return new Parameters(values, Set.copyOf(section.keySet()));
  }

  private static String problem(String name, RawGate.Parameter parameter, String value) {
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      return "no name for a parameter: use letters, digits, - and _, beginning with a letter, but"
          + " not 'rollout' or 'cohort'";
    }
    if (parameter == null) {
      return "";
    }
    boolean hasDefault = parameter.defaultValue() != null;
    if (parameter.required() != null && parameter.required() == hasDefault) {
      return hasDefault
          ? "is required, so its default is never used: keep one of the two"
          : "needs a default where it is not required";
    }
    return value == null && !hasDefault
        ? "has no value in this run: give it one (the command takes --set " + name + "=VALUE)"
        : "";
  }
}
