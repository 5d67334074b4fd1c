package io.jenkins.plugins.canarygate.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, read whole. Nothing in it is to be believed.
 *
 * @param caller the address that it came from
 * @param method as {@code POST}
 * @param path as {@code /confirm-rollout}
 * @param query the parameters of the address, decoded, in their order
 * @param authorization the header of this name
 * @param body what was sent, as UTF-8; may be empty
 */
public record Question(
    String caller,
    String method,
    String path,
    Map<String, List<String>> query,
    Optional<String> authorization,
    String body) {
  private static final String BEARER = "bearer ";

  /** The token that the caller shows. */
  public Optional<String> bearer() {
    return authorization
        .map(String::strip)
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(token -> !token.isEmpty());
  }

  /** Not with the token in it. */
  @Override
  public String toString() {
    return method + " " + path + " from " + caller;
  }
}
