package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.gatefile.NamedCheck;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One named check with one set of arguments.
 *
 * @param id tells it from any other, and from the same name with another definition: a replica that
 *     still has an older file does not mistake one for the other
 * @param check the check's name
 * @param arguments those that the check has a use for, sorted
 */
record CheckKey(String id, String check, Map<String, String> arguments) {
  private static final int LENGTH = 40;

  CheckKey {
    arguments = java.util.Collections.unmodifiableMap(new TreeMap<>(arguments));
  }

  static CheckKey of(NamedCheck check, Map<String, String> arguments) {
    StringBuilder text = new StringBuilder(check.name()).append('\n').append(check.definition());
    new TreeMap<>(arguments)
        .forEach((name, value) -> text.append('\n').append(name).append('=').append(value));
    return new CheckKey(Sha256.hex(text.toString()).substring(0, LENGTH), check.name(), arguments);
  }

  /** As {@code error-rate{service="checkout"}}. */
  @Override
  public String toString() {
    return arguments.isEmpty()
        ? check
        : arguments.entrySet().stream()
            .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
            .collect(Collectors.joining(",", check + "{", "}"));
  }
}
