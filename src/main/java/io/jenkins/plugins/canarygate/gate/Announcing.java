package io.jenkins.plugins.canarygate.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells an observability service of the start and the verdict; neither ever changes a verdict. */
final class Announcing {
  /** How long an ended gate waits for its announcement to be closed. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Announcing() {}

  static void open(Turn turn) {
    if (turn.spec.announce() && turn.spec.mode() == Mode.RUN) {
      turn.announcement = new Announcement(Announcement.State.OPENING, Optional.empty());
      turn.want(
          new Todo.Announce("canary gate " + turn.spec.name() + " started", Optional.empty()));
    }
  }

  static void answered(Turn turn, Seen.Announced answer) {
    switch (turn.announcement.state()) {
      case OPENING -> {
        answer.problem().ifPresent(why -> turn.note("the start could not be announced: " + why));
        turn.announcement =
            new Announcement(
                answer.ticket().isPresent() ? Announcement.State.OPEN : Announcement.State.FAILED,
                answer.ticket());
        if (turn.ended()) {
          close(turn);
        }
      }
      case CLOSING -> {
        answer.problem().ifPresent(why -> turn.note("the end could not be announced: " + why));
        turn.announcement = new Announcement(Announcement.State.DONE, Optional.empty());
      }
      default -> {
        // A late answer to something that was given up.
      }
    }
  }

  /** The gate has ended: closes the announcement if one is open. */
  static void close(Turn turn) {
    if (turn.announcement.state() != Announcement.State.OPEN) {
      return;
    }
    Ending ending = turn.ending.orElseThrow();
    turn.want(
        new Todo.Announce(
            "canary gate "
                + turn.spec.name()
                + ": "
                + ending.verdict()
                + ", "
                + ending.outcome().text(),
            turn.announcement.ticket()));
    turn.announcement = new Announcement(Announcement.State.CLOSING, turn.announcement.ticket());
  }

  /** Until when an ended gate waits for answers; empty if it waits for none. */
  static Optional<Instant> waitUntil(Turn turn) {
    boolean waits =
        turn.announcement.state() == Announcement.State.OPENING
            || turn.announcement.state() == Announcement.State.CLOSING;
    return waits ? turn.ending.map(ending -> ending.at().plus(PATIENCE)) : Optional.empty();
  }

  /** In another process, nobody will answer what this one asked. */
  static void forget(Turn turn) {
    switch (turn.announcement.state()) {
      case OPENING, CLOSING ->
          turn.announcement = new Announcement(Announcement.State.FAILED, Optional.empty());
      default -> {
        // Nothing was asked, or everything was answered.
      }
    }
  }
}
