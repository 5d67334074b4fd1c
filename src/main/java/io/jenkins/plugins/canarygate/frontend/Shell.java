package io.jenkins.plugins.canarygate.frontend;

import java.util.regex.Pattern;

/** Words for a POSIX shell. */
public final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_%+=:,./-]+");

  private Shell() {}

  /** The word so that a shell reads exactly it, quoted only where it must be. */
  public static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
