package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.sandbox.http.Fault;

/** What can go wrong with a call: each kind by the name that the tables use. */
enum Trouble {
  TIMEOUT("timeout", Fault.TIMEOUT),
  RESET("reset", Fault.RESET),
  UNAUTHORIZED("401", Fault.status(401)),
  FORBIDDEN("403", Fault.status(403)),
  NOT_FOUND("404", Fault.status(404)),
  CONFLICT("409", Fault.status(409)),
  INVALID("422", Fault.status(422)),
  RATE_LIMITED("429", Fault.status(429)),
  SERVER_ERROR("500", Fault.status(500)),
  UNAVAILABLE("503", Fault.status(503)),
  HALF_BODY("half", Fault.HALF_BODY),
  NOT_JSON("page", Fault.NOT_JSON),
  WRONG_TYPE("shape", Fault.WRONG_TYPE),
  HUGE_BODY("huge", Fault.HUGE_BODY);

  private final String word;
  private final Fault fault;

  Trouble(String word, Fault fault) {
    this.word = word;
    this.fault = fault;
  }

  String word() {
    return word;
  }

  Fault fault() {
    return fault;
  }

  static Trouble of(String word) {
    for (Trouble trouble : values()) {
      if (trouble.word.equals(word)) {
        return trouble;
      }
    }
    throw new IllegalArgumentException("no trouble is called " + word);
  }
}
