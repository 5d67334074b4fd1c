package io.jenkins.plugins.canarygate.gatefile;

import java.util.regex.Pattern;

/** The names of places inside the gate file: {@code spec.checks[2].fail}. */
final class Path {
  static final String ROOT = "";
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,79}");
  private static final int LONGEST = 80;

  private Path() {}

  static String field(String parent, String key) {
    if (WORD.matcher(key).matches()) {
      return parent.isEmpty() ? key : parent + "." + key;
    }
    return parent + "['" + shown(key) + "']";
  }

  static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }

  /** Continues a path with one that a section gave. */
  static String join(String parent, String rest) {
    return rest.isEmpty() || rest.startsWith("[") ? parent + rest : parent + "." + rest;
  }

  /** What is around a path; the root for the root. */
  static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  /** What a person wrote, short enough and harmless to be shown in one line. */
  static String shown(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    StringBuilder shown = new StringBuilder();
    cut.codePoints()
        .map(c -> FileText.isOrdinary(c) && c != '\n' ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
