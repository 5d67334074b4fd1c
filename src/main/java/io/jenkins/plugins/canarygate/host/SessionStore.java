package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import java.io.IOException;
import java.util.Optional;

/** Where the state of one gate is kept (rule S1). */
public interface SessionStore {

  /**
   * Keeps a state: once this returns it outlives the process, if this store outlives it at all.
   *
   * @throws IOException if it could not; the state kept before is still there
   */
  void save(GateSession session) throws IOException;

  /**
   * The state that was kept last; empty if there is none.
   *
   * @throws IOException if there is something that cannot be read; the message says what to do
   */
  Optional<GateSession> load() throws IOException;
}
