package io.jenkins.plugins.canarygate.host;

import java.nio.file.Path;

/** The session was begun for another gate file or other parameters (rule S1): exit code 2. */
public final class OtherGateException extends Exception {
  private static final long serialVersionUID = 1L;

  OtherGateException(Path file, String why) {
    super("the session " + file + " " + why + "; name another file, or remove it to begin anew");
  }
}
