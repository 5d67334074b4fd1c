package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Fate;
import java.util.List;
import java.util.Optional;

/** What a person can do about a canary that a gate leaves serving (rule D9). */
public final class LeftServing {
  private LeftServing() {}

  /**
   * The commands that promote and abort it, or why there is none.
   *
   * @param seen the last look; empty if there was none
   */
  public static List<String> lines(GateSpec spec, Optional<View> seen) {
    if (seen.filter(view -> view.fate() == Fate.FAILED_SERVING).isPresent()) {
      return List.of(
          "neither a promotion nor an abort changes that, since it has failed: deploy what should"
              + " serve");
    }
    boolean progressing = spec.target().at().kind() == At.Kind.PROGRESSING;
    return List.of(
        progressing
            ? "to promote it, use the file of another gate: one at progressing never promotes"
            : "to promote it: " + spec.commands().promote(),
        "to abort it:   " + spec.commands().abort());
  }
}
