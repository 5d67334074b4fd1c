package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;

/**
 * One cell of the matrix of a gate on a Canary of Flagger.
 *
 * @param evidence what the telemetry says of the canary
 * @param call which call is hit
 * @param who whose call it is
 * @param trouble by what
 * @param carriedOut whether a write is carried out all the same
 * @param when from when on
 * @param lasting whether for good, or for a few answers
 */
record FlaggerCell(
    Cell.Evidence evidence,
    Call call,
    Who who,
    Trouble trouble,
    boolean carriedOut,
    When when,
    boolean lasting) {

  /** Whose call is hit. */
  enum Who {
    /** The gate's, of the API server. */
    GATE,
    /** The gate server's, of the API server. */
    SERVER,
    /** Flagger's, of the gate server. */
    FLAGGER
  }

  /** When the trouble begins. */
  enum When {
    START("while the gate waits for its point"),
    JUDGING("once judging has begun"),
    ACTING("between the intent and the decision"),
    SENT("between the decision and its effect"),
    LANDING("once Flagger carries it out");

    private final String text;

    When(String text) {
      this.text = text;
    }
  }

  Fault fault() {
    return carriedOut ? trouble.fault().afterCarryingItOut() : trouble.fault();
  }

  boolean silent(Who ofWhom) {
    return who == ofWhom && trouble == Trouble.TIMEOUT;
  }

  /** Whether something between Flagger and the server says yes to whatever is asked. */
  boolean saysYes() {
    return who == Who.FLAGGER
        && (trouble == Trouble.NOT_JSON
            || trouble == Trouble.WRONG_TYPE
            || trouble == Trouble.HUGE_BODY);
  }

  @Override
  public String toString() {
    return (evidence == Cell.Evidence.GOOD ? "a good canary, " : "a bad canary, ")
        + call
        + (who == Who.SERVER ? " of the gate server" : "")
        + (carriedOut ? " carried out but" : "")
        + " answered with "
        + trouble.word()
        + " "
        + when.text
        + (lasting ? ", for good" : ", " + Cell.A_FEW + " times");
  }
}
