package io.jenkins.plugins.canarygate.gate;

import java.util.stream.Stream;

/**
 * What a gate does on each verdict.
 *
 * @param onNotGatedPass whether NOT_GATED exits 0 (rule D6)
 */
public record Policy(
    Reaction onPass,
    Reaction onWarn,
    Reaction onFail,
    Reaction onInconclusive,
    Reaction onTimeout,
    Reaction onCancel,
    boolean onNotGatedPass) {

  public static final Policy DEFAULT =
      new Policy(
          Reaction.PROMOTE,
          Reaction.PROMOTE,
          Reaction.ABORT,
          Reaction.NONE,
          Reaction.NONE,
          Reaction.NONE,
          false);

  /** All that may be done, for each verdict that is acted on. */
  public Stream<Reaction> reactions() {
    return Stream.of(onPass, onWarn, onFail, onInconclusive, onTimeout, onCancel);
  }

  /** What is done on a verdict; NONE for those that are never acted on. */
  public Reaction on(Verdict verdict) {
    return switch (verdict) {
      case PASS -> onPass;
      case WARN -> onWarn;
      case FAIL -> onFail;
      case INCONCLUSIVE -> onInconclusive;
      case TIMEOUT -> onTimeout;
      case CANCELLED -> onCancel;
      case SUPERSEDED, NOT_GATED, ERROR -> Reaction.NONE;
    };
  }
}
