package io.jenkins.plugins.canarygate.host;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another gate of this one, owns the session (rule S1): exit code 1. */
public final class SessionBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  SessionBusyException(Path file) {
    super(
        "the session "
            + file
            + " belongs to a gate that is still running; wait until it has ended, or name another file");
  }
}
