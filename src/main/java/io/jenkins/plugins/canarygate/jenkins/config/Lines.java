package io.jenkins.plugins.canarygate.jenkins.config;

import java.util.Arrays;
import java.util.List;

/** What stands in one field of a form, taken apart. */
final class Lines {
  private Lines() {}

  /** Patterns: one a line, or with commas. */
  static List<String> of(String text) {
    return split(text, "[\\r\\n,]");
  }

  /** Hosts that need no proxy, apart from each other by what Jenkins itself takes there. */
  static List<String> hosts(String text) {
    return split(text, "[ \\t\\r\\n,|]");
  }

  private static List<String> split(String text, String by) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(by)).map(String::strip).filter(l -> !l.isEmpty()).toList();
  }
}
