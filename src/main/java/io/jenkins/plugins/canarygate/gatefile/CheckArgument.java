package io.jenkins.plugins.canarygate.gatefile;

import java.util.Optional;

/** Something that a caller may give when asking for a named check. */
public final class CheckArgument {
  private static final String NAMESPACE = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  private final String name;
  private final BoundedPattern pattern;

  CheckArgument(String name, BoundedPattern pattern) {
    this.name = name;
    this.pattern = pattern;
  }

  static CheckArgument namespace() {
    return new CheckArgument(Checks.NAMESPACE, BoundedPattern.of(NAMESPACE));
  }

  public String name() {
    return name;
  }

  /** What a value must match as a whole. */
  public String pattern() {
    return pattern.toString();
  }

  /** Why a value cannot be taken; empty if it can. The value itself is not repeated. */
  public Optional<String> problem(String value) {
    if (value.length() > BoundedPattern.LONGEST_TEXT) {
      return Optional.of(
          "argument '" + name + "' has more than " + BoundedPattern.LONGEST_TEXT + " characters");
    }
    if (!harmless(value)) {
      return Optional.of(
          "argument '"
              + name
              + "' has a quote, backslash or control character, which must not get"
              + " into a query");
    }
    return pattern.matches(value)
        ? Optional.empty()
        : Optional.of("argument '" + name + "' must match " + pattern);
  }

  // The same characters that a gate's parameters must not carry into a query (rule M13).
  private static boolean harmless(String value) {
    return value.chars().noneMatch(c -> "\"'`\\".indexOf(c) >= 0 || Character.isISOControl(c));
  }
}
