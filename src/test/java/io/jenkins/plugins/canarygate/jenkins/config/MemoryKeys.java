package io.jenkins.plugins.canarygate.jenkins.config;

import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.HashMap;
import java.util.Map;

/** Credentials in memory. */
final class MemoryKeys implements KeyRing {
  final Map<String, Key> all = new HashMap<>();
  int asked;

  MemoryKeys text(String id) {
    all.put(id, new Key(false, "the-secret"));
    return this;
  }

  MemoryKeys file(String id) {
    all.put(id, new Key(true, "the-secret"));
    return this;
  }

  MemoryKeys login(String id) {
    all.put(id, Key.login("somebody", "the-secret"));
    return this;
  }

  @Override
  public Key find(String credentialsId) throws RefusedException {
    asked++;
    if (!all.containsKey(credentialsId)) {
      throw new RefusedException("there is no credential '" + credentialsId + "'");
    }
    return all.get(credentialsId);
  }
}
