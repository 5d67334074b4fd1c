package io.jenkins.plugins.canarygate.rollout;

import java.time.Instant;

/**
 * A write that was sent, as the session remembers it.
 *
 * @param what the driver's word for it, see {@link Write#what}
 * @param at when it was sent
 * @param result what came back
 */
public record Send(String what, Instant at, Receipt.Result result) {

  /** Whether the server may have carried it out. */
  public boolean mayHaveArrived() {
    return result == Receipt.Result.DONE || result == Receipt.Result.UNKNOWN;
  }

  /** Whether this renewal takes the place of the one before: nothing more is to be known of it. */
  boolean renews(Send before) {
    return what.equals(Write.RENEW)
        && before.what.equals(Write.RENEW)
        && result == Receipt.Result.DONE
        && before.result == Receipt.Result.DONE;
  }
}
