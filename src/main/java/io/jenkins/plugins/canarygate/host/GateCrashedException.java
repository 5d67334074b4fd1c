package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;

/** A gate that could not go on. The message is one line without a secret. */
public final class GateCrashedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient GateSession session;

  GateCrashedException(String message, GateSession session, Throwable cause) {
    super(message, cause);
    this.session = session;
  }

  /** The last good state. */
  public GateSession session() {
    return session;
  }
}
