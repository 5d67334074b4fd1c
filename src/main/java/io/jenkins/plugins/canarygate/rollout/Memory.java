package io.jenkins.plugins.canarygate.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A driver's own notes from one look to the next, kept in the session.
 *
 * @param details a small JSON object that only the driver reads
 */
public record Memory(JsonNode details) {
  public static Memory empty() {
    return new Memory(JsonNodeFactory.instance.objectNode());
  }
}
