package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what looks showed, as far as later steps and the report need it. */
final class Remembering {
  private static final int TROUBLES_KEPT = 10;
  private static final int PHASES_KEPT = 100;

  private Remembering() {}

  static void trouble(Turn turn, String why) {
    List<String> troubles = new ArrayList<>(turn.troubles);
    troubles.add(why);
    if (troubles.size() > TROUBLES_KEPT) {
      troubles.remove(0);
    }
    turn.troubles = troubles;
    if (troubles.size() == 1) {
      turn.note("the rollout could not be looked at, trying again: " + why);
    }
  }

  static void look(Turn turn, Observation seen) {
    if (!turn.troubles.isEmpty()) {
      turn.note("the rollout can be looked at again");
      turn.troubles = List.of();
    }
    View old = turn.view.orElse(null);
    boolean underWay = seen.fate() == Fate.UNDER_WAY || seen.fate() == Fate.ADVANCED;
    boolean absent = seen.fate() == Fate.ABSENT;
    if (old != null && !absent && !seen.where().isEmpty() && !seen.where().equals(old.where())) {
      turn.note("the rollout is at " + seen.where());
    }
    turn.view =
        Optional.of(
            new View(
                seen.at(),
                seen.uid().or(() -> old == null ? Optional.empty() : old.uid()),
                seen.fate(),
                absent && old != null ? old.revision() : seen.revision(),
                seen.where(),
                seen.phase(),
                phases(old, seen.phase()),
                seen.obstacles(),
                seen.trafficSince(),
                seen.share(),
                seen.cohorts().isEmpty() && old != null ? old.cohorts() : seen.cohorts(),
                underWay || old != null && old.seenUnderWay()));
    turn.memory = seen.memory();
    seen.notes().forEach(turn::noteOnce);
    seen.obstacles().forEach(obstacle -> turn.noteOnce(obstacle.text()));
  }

  private static List<String> phases(View old, String phase) {
    List<String> phases = new ArrayList<>(old == null ? List.of() : old.phases());
    boolean another = phases.isEmpty() || !phases.get(phases.size() - 1).equals(phase);
    if (!phase.isEmpty() && another && phases.size() < PHASES_KEPT) {
      phases.add(phase);
    }
    return phases;
  }
}
