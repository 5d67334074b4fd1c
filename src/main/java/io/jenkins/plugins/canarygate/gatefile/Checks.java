package io.jenkins.plugins.canarygate.gatefile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file of named checks that was read and found in order.
 *
 * @param arguments what callers may give, by name; {@link #NAMESPACE} is always among them
 * @param checks the checks by their names, in the order of the file
 */
public record Checks(Map<String, CheckArgument> arguments, Map<String, NamedCheck> checks) {
  /** The argument that every question has: tokens are good for some namespaces. */
  public static final String NAMESPACE = "namespace";

  /** What its value must be. */
  public static final CheckArgument NAMESPACE_ARGUMENT = CheckArgument.namespace();

  public Checks {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
  }

  public Optional<NamedCheck> check(String name) {
    return Optional.ofNullable(checks.get(name));
  }
}
