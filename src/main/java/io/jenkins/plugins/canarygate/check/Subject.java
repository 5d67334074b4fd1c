package io.jenkins.plugins.canarygate.check;

import java.util.Arrays;
import java.util.Optional;

/** What a criterion is about. */
public enum Subject {
  /** The canary's value. */
  VALUE,
  /** The canary's value divided by the stable one (rule M3). */
  RATIO,
  /** The canary's value less the stable one. */
  DIFFERENCE;

  /** The word that gate files use. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  public static Optional<Subject> of(String text) {
    return Arrays.stream(values()).filter(subject -> subject.text().equals(text)).findFirst();
  }
}
