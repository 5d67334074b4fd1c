package io.jenkins.plugins.canarygate.evidence.keptn;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The placeholders of a query: Go's text/template, in which {@code {{.workload}}} is one. */
final class GoTemplate {
  private static final Pattern ACTION = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile("(?<![\\w.)$])\\.([A-Za-z_]\\w*)");
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`");

  /** What an argument that is missing becomes. */
  static final String NO_VALUE = "<no value>";

  private GoTemplate() {}

  /** The arguments that it uses; comments and what stands in quotes are none. */
  static Set<String> arguments(String query) {
    Set<String> names = new LinkedHashSet<>();
    Matcher actions = ACTION.matcher(query);
    while (actions.find()) {
      String action = actions.group(1);
      if (!action.replaceFirst("^-", "").strip().startsWith("/*")) {
        Matcher fields = FIELD.matcher(TEXT.matcher(action).replaceAll("\"\""));
        while (fields.find()) {
          names.add(fields.group(1));
        }
      }
    }
    return names;
  }
}
