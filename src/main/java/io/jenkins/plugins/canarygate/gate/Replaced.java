package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.util.Optional;

/** Another object or revision took the place of ours (rules R1, R2, D5). */
final class Replaced {
  private Replaced() {}

  /** Whether the object is not there (any more), or another one has its name. */
  static boolean object(Turn turn, Observation seen, Optional<View> before) {
    Optional<String> known = before.flatMap(View::uid);
    boolean absent = seen.fate() == Fate.ABSENT;
    if (known.isEmpty()) {
      if (absent && turn.spec.mode() == Mode.BY_HAND) {
        Endings.end(turn, Verdict.ERROR, Outcome.LEFT, turn.spec.target() + " was not found");
      }
      return absent;
    }
    if (!absent && seen.uid().equals(known)) {
      return false;
    }
    superseded(turn, turn.spec.target() + (absent ? " was deleted" : " was deleted and made anew"));
    return true;
  }

  /** Whether another revision is current, although ours was. */
  static boolean revision(Turn turn, Observation seen, Optional<View> before) {
    boolean fenced = turn.point().flatMap(PointRun::fence).isPresent();
    boolean other = seen.drift() == Drift.OTHER_REVISION || seen.drift() == Drift.GONE;
    boolean lost =
        seen.fate() == Fate.UNTOUCHED
            && seen.settled()
            && seen.revision().isPresent()
            && before.map(View::seenUnderWay).orElse(false);
    if (fenced && other || lost) {
      superseded(
          turn,
          "another revision took its place"
              + seen.revision().map(revision -> ": " + revision).orElse(""));
      return true;
    }
    return false;
  }

  /** What was decided bad stays bad (rule D5); else the reason says how far ours had come. */
  private static void superseded(Turn turn, String why) {
    if (turn.settled(Verdict.FAIL)) {
      String reason = turn.closing.get().reason() + Endings.unseen(turn) + "; then " + why;
      Endings.end(turn, Verdict.FAIL, Outcome.LEFT, reason);
      return;
    }
    String judged = turn.closing.map(c -> "; ours had been judged " + c.verdict()).orElse("");
    if (turn.promoting()) {
      String far =
          turn.phase == Phase.FOLLOWING
              ? "; ours had been promoted and had not landed"
              : judged + ", and its promotion was asked";
      Endings.end(turn, Verdict.SUPERSEDED, Outcome.PROMOTED_NOT_LANDED, why + far);
      return;
    }
    Endings.end(turn, Verdict.SUPERSEDED, Outcome.LEFT, why + judged);
  }
}
