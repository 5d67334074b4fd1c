package io.jenkins.plugins.canarygate.frontend;

import java.util.regex.Pattern;

/** Words for a POSIX shell. */
final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_%+=:,./-]+");

  private Shell() {}

  /** The word so that a shell reads exactly it, quoted only where it must be. */
  static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
