package io.jenkins.plugins.canarygate.server.flagger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;

/**
 * Which Canary a hook is about. That is all that is taken from its body, and only where both are
 * names that Kubernetes would take.
 */
record CanaryName(String namespace, String name) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int LONGEST = 253;

  /** The body names no Canary. The message is one line without anything that was sent. */
  static final class NoneException extends Exception {
    private static final long serialVersionUID = 1L;

    NoneException(String message) {
      super(message);
    }
  }

  /** Reads the body of a hook. */
  static CanaryName of(String body) throws NoneException {
    JsonNode tree;
    try {
      tree = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new NoneException("the request is no JSON; it must be what Flagger sends");
    }
    String namespace = tree == null ? "" : tree.path("namespace").asText("");
    String name = tree == null ? "" : tree.path("name").asText("");
    if (!LABEL.matcher(namespace).matches()) {
      throw new NoneException("the request's namespace is none that Kubernetes would take");
    }
    if (name.length() > LONGEST || !SUBDOMAIN.matcher(name).matches()) {
      throw new NoneException("the request's name is none that Kubernetes would take");
    }
    return new CanaryName(namespace, name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
