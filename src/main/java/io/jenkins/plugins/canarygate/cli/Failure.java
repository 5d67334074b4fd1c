package io.jenkins.plugins.canarygate.cli;

/** The surroundings are not as they must be: exit code 1. The message says what to do. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final int EXIT_CODE = 1;

  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
