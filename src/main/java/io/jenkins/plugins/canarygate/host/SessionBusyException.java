package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.kube.Lease;
import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another gate of this one, owns the session (rule S1): exit code 1. */
public final class SessionBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  SessionBusyException(Lease lease, String holder) {
    super(
        "another gate ("
            + holder
            + ") is at work on this rollout: it renews the "
            + lease
            + "; wait until it has ended");
  }

  SessionBusyException(Path file) {
    super(
        "the session "
            + file
            + " belongs to a gate that is still running; wait until it has ended, or name another file");
  }
}
