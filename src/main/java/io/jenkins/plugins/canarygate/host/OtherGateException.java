package io.jenkins.plugins.canarygate.host;

/** The session was begun for another gate file or other parameters (rule S1): exit code 2. */
public final class OtherGateException extends Exception {
  private static final long serialVersionUID = 1L;

  OtherGateException(String session, String why) {
    super(session + " " + why + "; name another session, or remove it to begin anew");
  }
}
