package io.jenkins.plugins.canarygate.sandbox.http;

/**
 * Something that goes wrong with a call.
 *
 * @param kind what
 * @param code the HTTP status, for {@link Kind#STATUS}
 * @param late whether the service carries the call out before it goes wrong: the write took effect
 *     and its answer was lost
 */
public record Fault(Kind kind, int code, boolean late) {

  /** What goes wrong. */
  public enum Kind {
    TIMEOUT,
    RESET,
    STATUS,
    HALF_BODY,
    NOT_JSON,
    WRONG_TYPE,
    HUGE_BODY
  }

  /** No answer until the service is closed or the client gives up. */
  public static final Fault TIMEOUT = new Fault(Kind.TIMEOUT, 0, false);

  /** The connection is closed without an answer. */
  public static final Fault RESET = new Fault(Kind.RESET, 0, false);

  /** The answer breaks off in the middle of its body. */
  public static final Fault HALF_BODY = new Fault(Kind.HALF_BODY, 0, true);

  /** 200 with a page of a proxy that calls itself JSON. */
  public static final Fault NOT_JSON = new Fault(Kind.NOT_JSON, 0, false);

  /** 200 with valid JSON of another shape: an array where an object is due. */
  public static final Fault WRONG_TYPE = new Fault(Kind.WRONG_TYPE, 0, false);

  /** 200 with a JSON string of some 64 MiB. */
  public static final Fault HUGE_BODY = new Fault(Kind.HUGE_BODY, 0, false);

  /** An error, in the shape the service gives its errors. */
  public static Fault status(int code) {
    return new Fault(Kind.STATUS, code, false);
  }

  /** The same, after the call was carried out. */
  public Fault afterCarryingItOut() {
    return new Fault(kind, code, true);
  }
}
