package io.jenkins.plugins.canarygate.server.checks;

/** A question that is not answered. The message says why, and what to do. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, as metrics call it. */
  enum Reason {
    TOKEN(401),
    NAMESPACE(403),
    CHECK(403),
    UNKNOWN_CHECK(404),
    QUESTION(400),
    LIMIT(503);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Reason reason;

  RefusedException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
