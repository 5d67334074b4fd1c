package io.jenkins.plugins.canarygate.check;

import java.util.Optional;

/**
 * What a look at the surroundings found before a gate starts.
 *
 * @param level how much it matters
 * @param subject what was looked at, as {@code rights: get rollouts in shop}
 * @param message what was found, in one line
 * @param remedy what to do, possibly several lines of YAML ready to apply
 */
public record Finding(Level level, String subject, String message, Optional<String> remedy) {

  /** How much a finding matters. */
  public enum Level {
    OK,
    WARNING,
    ERROR
  }

  public static Finding ok(String subject, String message) {
    return new Finding(Level.OK, subject, message, Optional.empty());
  }

  public static Finding warning(String subject, String message, String remedy) {
    return new Finding(Level.WARNING, subject, message, Optional.of(remedy));
  }

  public static Finding error(String subject, String message, String remedy) {
    return new Finding(Level.ERROR, subject, message, Optional.of(remedy));
  }
}
