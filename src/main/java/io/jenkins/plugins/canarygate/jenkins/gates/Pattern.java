package io.jenkins.plugins.canarygate.jenkins.gates;

/** Names with stars: {@code *} is any part of a segment, {@code **} any number of segments. */
final class Pattern {
  private Pattern() {}

  /**
   * Whether the whole name matches.
   *
   * @param separator what ends a segment, as the slash of full job names
   */
  static boolean matches(String pattern, char separator, String name) {
    StringBuilder regex = new StringBuilder();
    String slash = java.util.regex.Pattern.quote(String.valueOf(separator));
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '*') {
        regex.append(java.util.regex.Pattern.quote(pattern.substring(i, i + 1)));
      } else if (pattern.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else {
        regex.append("(?:(?!").append(slash).append(").)*");
      }
    }
    return name.matches("(?s)" + regex);
  }
}
