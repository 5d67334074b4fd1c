package io.jenkins.plugins.canarygate.baddays;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as the documentation quotes it: words in capitals such as NAME or FILE stand for what
 * varies, which is one or more characters of the same line.
 */
record Message(String text) {
  private static final Pattern VARIES =
      Pattern.compile(
          "\\b(NAME|FILE|FOLDER|SERVER|NAMESPACE|NUMBER|TEXT|RIGHT|RESOURCE|WORD|TIME|PLACE)\\b");

  /** What it says whatever varies, piece by piece. */
  List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (Matcher varies = VARIES.matcher(text); varies.find(); from = varies.end()) {
      pieces.add(text.substring(from, varies.start()));
    }
    pieces.add(text.substring(from));
    return pieces;
  }

  boolean isIn(String output) {
    String regex = String.join("[^\\n]+?", pieces().stream().map(Pattern::quote).toList());
    return Pattern.compile(regex).matcher(output).find();
  }

  @Override
  public String toString() {
    return text;
  }
}
