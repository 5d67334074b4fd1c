package io.jenkins.plugins.canarygate.evidence;

import io.jenkins.plugins.canarygate.check.Reading;
import java.util.List;
import java.util.Map;

/**
 * Where the values of some checks of one gate come from. Calls block and may come from any thread;
 * a source neither sleeps nor tries again: it answers {@link Reading.NotYet} or {@link
 * Reading.Failed}, and the engine decides when to ask again.
 */
public interface EvidenceSource {

  /** Whether what the checks ask is valid, found out without cost before anything is measured. */
  Preparation prepare(EvidenceContext context);

  /**
   * Measures checks of this source that are due together, so that they can share a query.
   *
   * @return a reading for each requested check, by its name
   */
  Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context);

  /**
   * Takes back what a measurement has left outside and nobody will go on with, as far as that can
   * be done: whoever abandons has nobody to tell.
   *
   * @param request as it was asked last
   */
  default void abandon(EvidenceRequest request, EvidenceContext context) {
    // Most measurements leave nothing.
  }

  /** A source that has nothing to verify beforehand answers {@link Preparation#READY}. */
  record Preparation(State state, String message) {

    /** What came of it. */
    public enum State {
      READY,
      /** The source refuses what a check asks: the gate ends before anything is measured. */
      REFUSED,
      /** It could not be found out now: asked again. */
      AGAIN
    }

    public static final Preparation READY = new Preparation(State.READY, "");
  }
}
