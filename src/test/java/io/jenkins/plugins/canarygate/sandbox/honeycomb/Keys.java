package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** API keys and what they may do. */
final class Keys {
  /** The names of rights as {@code GET /1/auth} has them. */
  static final List<String> RIGHTS =
      List.of(
          "events",
          "markers",
          "triggers",
          "boards",
          "queries",
          "columns",
          "createDatasets",
          "slos",
          "recipients",
          "privateBoards");

  private final Map<String, Set<String>> keys = new HashMap<>();

  synchronized void put(String key, Set<String> rights) {
    keys.put(key, new TreeSet<>(rights));
  }

  synchronized boolean isKnown(Optional<String> key) {
    return key.isPresent() && keys.containsKey(key.get());
  }

  synchronized boolean has(Optional<String> key, String right) {
    return key.map(keys::get).map(rights -> rights.contains(right)).orElse(false);
  }

  Answer auth(Optional<String> key) {
    ObjectNode auth = Json.of("{'id':'hcalk_01sandbox','type':'configuration'}");
    ObjectNode access = auth.putObject("api_key_access");
    RIGHTS.forEach(right -> access.put(right, has(key, right)));
    auth.putObject("environment").put("name", "Test").put("slug", "test");
    auth.putObject("team").put("name", "Sandbox").put("slug", "sandbox");
    return Answer.json(200, auth);
  }
}
