package io.jenkins.plugins.canarygate.jenkins.config;

import java.util.Arrays;
import java.util.List;

/** Patterns in a form: one a line, or with commas. */
final class Lines {
  private Lines() {}

  static List<String> of(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split("[\\n,]")).map(String::strip).filter(l -> !l.isEmpty()).toList();
  }
}
