package io.jenkins.plugins.canarygate.server.checks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller asks for. Nothing of it has been verified.
 *
 * @param check the name of a check
 * @param namespace the namespace that it is asked for
 * @param arguments what else was given
 */
record CheckQuestion(String check, Optional<String> namespace, Map<String, String> arguments) {
  CheckQuestion {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}
