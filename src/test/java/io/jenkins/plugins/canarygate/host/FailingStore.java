package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store that fails as long as a test says so, and remembers what it was given. */
final class FailingStore implements SessionStore {
  private final List<GateSession> saved = new ArrayList<>();
  private int attempts;
  boolean failing;

  @Override
  public synchronized void save(GateSession session) throws IOException {
    attempts++;
    if (failing) {
      throw new IOException("no space left on device");
    }
    saved.add(session);
  }

  @Override
  public synchronized Optional<GateSession> load() {
    return saved.isEmpty() ? Optional.empty() : Optional.of(saved.get(saved.size() - 1));
  }

  synchronized int attempts() {
    return attempts;
  }

  /** How many were kept. */
  synchronized int kept() {
    return saved.size();
  }
}
