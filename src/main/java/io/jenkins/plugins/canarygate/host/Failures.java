package io.jenkins.plugins.canarygate.host;

/**
 * Says which exception it was, and where, without its message: what a library puts into one may
 * hold a secret.
 */
final class Failures {
  private static final String OURS = "io.jenkins.plugins.canarygate.";

  private Failures() {}

  static String name(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        String owner = frame.getClassName().substring(OURS.length());
        return failure.getClass().getSimpleName()
            + " in "
            + owner
            + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "");
      }
    }
    return failure.getClass().getSimpleName();
  }
}
