package io.jenkins.plugins.canarygate.gatefile;

import java.util.List;
import java.util.regex.Pattern;

/** Turns the text of a default into what the file would have held. */
final class Defaults {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  private Defaults() {}

  static Node node(String text) {
    if (text.equals("{}")) {
      return new Node.Mapping(List.of(), Place.NONE);
    }
    Node.Kind kind =
        NUMBER.matcher(text).matches()
            ? Node.Kind.NUMBER
            : text.equals("true") || text.equals("false") ? Node.Kind.BOOLEAN : Node.Kind.TEXT;
    return new Node.Scalar(kind, text, Place.NONE);
  }
}
