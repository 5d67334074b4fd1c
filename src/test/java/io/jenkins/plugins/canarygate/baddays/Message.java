package io.jenkins.plugins.canarygate.baddays;

import java.util.regex.Pattern;

/**
 * A message whose variable parts are named: {@code {NAME}} stands for one or more characters of one
 * line.
 */
record Message(String text, Pattern pattern) {
  private static final Pattern VARIABLE = Pattern.compile("\\{[A-Z_]+\\}");

  static Message of(String text) {
    StringBuilder regex = new StringBuilder();
    int from = 0;
    for (var variable = VARIABLE.matcher(text); variable.find(); from = variable.end()) {
      regex.append(Pattern.quote(text.substring(from, variable.start()))).append("[^\\n]+?");
    }
    regex.append(Pattern.quote(text.substring(from)));
    return new Message(text, Pattern.compile(regex.toString()));
  }

  boolean isIn(String output) {
    return pattern.matcher(output).find();
  }

  @Override
  public String toString() {
    return text;
  }
}
