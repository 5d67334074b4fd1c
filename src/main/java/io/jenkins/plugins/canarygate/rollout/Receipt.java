package io.jenkins.plugins.canarygate.rollout;

/**
 * What came back for a write.
 *
 * @param result what it means
 * @param message one line without a secret; empty for {@link Result#DONE}
 */
public record Receipt(Result result, String message) {

  /** What an answer means. */
  public enum Result {
    DONE,
    /** The object has moved since the look (409): nothing was written. */
    CONFLICT,
    /** The server understood, and will not (401, 403, 404, 422): nothing was written. */
    REFUSED,
    /** The server could not take it now (429, 503 before it was tried): nothing was written. */
    BUSY,
    /** No answer came, or one that does not tell: it counts as sent (rule A1). */
    UNKNOWN
  }

  public static final Receipt DONE = new Receipt(Result.DONE, "");
}
