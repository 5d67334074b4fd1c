package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;

/**
 * One cell of the matrix.
 *
 * @param evidence what the telemetry says of the canary
 * @param call which call is hit
 * @param trouble by what
 * @param carriedOut whether a write is carried out all the same
 * @param when from when on
 * @param lasting whether for good, or for a few answers
 */
record Cell(
    Evidence evidence, Call call, Trouble trouble, boolean carriedOut, When when, boolean lasting) {

  /** How many answers a passing trouble spoils. */
  static final int A_FEW = 2;

  /** What the telemetry says. */
  enum Evidence {
    GOOD(0.001),
    BAD(0.05);

    private final double errors;

    Evidence(double errors) {
      this.errors = errors;
    }

    double errors() {
      return errors;
    }
  }

  /** When the trouble begins. */
  enum When {
    /** With the gate. */
    START("from the start"),
    /** With the first measurement. */
    JUDGING("once judging has begun"),
    /** Between the intent and the write. */
    ACTING("just before the action is sent"),
    /** After the answer to the write. */
    SENT("once the action was sent");

    private final String text;

    When(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  Fault fault() {
    return carriedOut ? trouble.fault().afterCarryingItOut() : trouble.fault();
  }

  @Override
  public String toString() {
    return (evidence == Evidence.GOOD ? "a good canary, " : "a bad canary, ")
        + call
        + (carriedOut ? " carried out but" : "")
        + " answered with "
        + trouble.word()
        + " "
        + when.text()
        + (lasting ? ", for good" : ", " + A_FEW + " times");
  }
}
