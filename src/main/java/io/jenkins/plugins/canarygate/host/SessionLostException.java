package io.jenkins.plugins.canarygate.host;

import java.io.IOException;

/** The session has become another process's: trying again is of no use. */
public final class SessionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  SessionLostException(String why) {
    super(why);
  }
}
