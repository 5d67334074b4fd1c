package io.jenkins.plugins.canarygate.jenkins.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters in a form: {@code name=value}, one a line. */
final class ParameterLines {
  private ParameterLines() {}

  /** The parameters; null for none. A line without a sign is a name without a value. */
  static Map<String, Object> read(String text) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (String line : lines(text)) {
      int sign = line.indexOf('=');
      parameters.put(
          (sign < 0 ? line : line.substring(0, sign)).strip(),
          sign < 0 ? "" : line.substring(sign + 1).strip());
    }
    return parameters.isEmpty() ? null : parameters;
  }

  static String write(Map<String, Object> parameters) {
    return parameters == null
        ? ""
        : parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("\n"));
  }

  /** Whether each line names a parameter once and gives it a value. */
  static boolean isInOrder(String text) {
    List<String> lines = lines(text);
    long names = lines.stream().map(line -> line.split("=", 2)[0].strip()).distinct().count();
    return lines.stream().allMatch(line -> line.indexOf('=') > 0) && names == lines.size();
  }

  private static List<String> lines(String text) {
    return text == null
        ? List.of()
        : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
