package io.jenkins.plugins.canarygate.jenkins.step;

import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a gate, as a Jenkinsfile gives them. */
final class GivenParameters {
  private GivenParameters() {}

  /**
   * The parameters as texts.
   *
   * @param given by name; null for none. A Jenkinsfile may put anything in.
   * @throws RefusedException with each that has no value, or a map or a list for one
   */
  static Map<String, String> texts(Map<?, ?> given) throws RefusedException {
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    if (given != null) {
      given.forEach(
          (name, value) -> {
            if (value == null) {
              faults.add(
                  "parameters: "
                      + name
                      + " has no value (it is null); see whether what it is taken from is set, as"
                      + " env.IMAGE");
            } else if (value instanceof Map || value instanceof Iterable) {
              faults.add("parameters: " + name + " must be text, a number, or true or false");
            } else {
              texts.put(String.valueOf(name), value.toString());
            }
          });
    }
    if (!faults.isEmpty()) {
      throw new RefusedException(faults);
    }
    return texts;
  }
}
