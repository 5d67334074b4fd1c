package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Send;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What came back for a write (rule A1). */
final class Sending {
  /** Stands for what an earlier process may have sent. */
  private static final String RESUMED = "resumed";

  /** From the second send that went unanswered to the third. */
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(15);

  private static final Duration AFTER_SILENCE_WHEN_STOPPING = Duration.ofSeconds(3);

  /** How often the object may have moved when we send. */
  private static final int CONFLICTS_BORNE = 5;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private Sending() {}

  static void sent(Turn turn, Seen.Sent sent) {
    if (turn.intent.isEmpty()) {
      return;
    }
    Receipt receipt = sent.receipt();
    if (receipt.result() == Receipt.Result.BUSY) {
      // Nothing was written and nothing was tried: no send, however often it happens.
      turn.noteOnce("the server could not take it now: " + receipt.message());
      turn.waitsFor(receipt.message());
      turn.lookDue = turn.now.plus(LOOK_AGAIN);
      return;
    }
    Intent intent = turn.intent.get().with(new Send(sent.what(), sent.at(), receipt.result()));
    turn.intent = Optional.of(intent);
    record(turn, intent);
    if (Write.isUpkeep(sent.what())) {
      upkeep(turn, sent);
      return;
    }
    switch (receipt.result()) {
      case DONE -> {
        turn.conflicts = 0;
        turn.note("sent: " + sent.text());
        turn.look();
      }
      case UNKNOWN -> {
        turn.note("sent, without an answer: " + sent.text() + ": " + receipt.message());
        turn.look();
      }
      case CONFLICT -> conflict(turn, intent);
      case REFUSED -> failed(turn, intent, "it was refused: " + receipt.message(), true);
      case BUSY -> throw new IllegalStateException("nothing was sent");
    }
  }

  /** What only looks after an earlier write decides nothing: the next look tells what stands. */
  private static void upkeep(Turn turn, Seen.Sent sent) {
    Receipt receipt = sent.receipt();
    if (receipt.result() != Receipt.Result.DONE) {
      turn.noteOnce("not sent for certain: " + sent.text() + ": " + receipt.message());
    } else if (sent.what().equals(Write.WITHDRAW)) {
      turn.note("sent: " + sent.text());
    }
    turn.look();
  }

  /** The driver found nothing to send: another look tells why. */
  static void nothing(Turn turn) {
    turn.lookDue = turn.now.plus(LOOK_AGAIN);
  }

  /** In another process: what was written down may have been sent, and nobody is left to tell. */
  static void forget(Turn turn) {
    turn.intent =
        turn.intent.map(intent -> intent.with(new Send(RESUMED, turn.now, Receipt.Result.UNKNOWN)));
  }

  /** The few sends there are must not all fall into one moment of a network that is away. */
  static Optional<Instant> notBefore(Turn turn, Intent intent) {
    List<Send> silent =
        intent.sends().stream()
            .filter(s -> s.result() == Receipt.Result.UNKNOWN && !s.what().equals(RESUMED))
            .toList();
    if (silent.size() < 2) {
      return Optional.empty();
    }
    Instant last = silent.get(silent.size() - 1).at();
    return Optional.of(
        last.plus(turn.cancel.isPresent() ? AFTER_SILENCE_WHEN_STOPPING : AFTER_SILENCE));
  }

  private static void record(Turn turn, Intent intent) {
    turn.lastAction()
        .ifPresent(
            record ->
                turn.replaceAction(
                    new ActionRecord(
                        record.action(),
                        record.asked(),
                        intent.sends(),
                        record.seen(),
                        record.seenAt(),
                        record.honoured())));
  }

  private static void conflict(Turn turn, Intent intent) {
    turn.conflicts++;
    if (turn.conflicts < CONFLICTS_BORNE) {
      turn.note("the rollout moved while " + intent.action().text() + " was sent; looking again");
      turn.look();
      return;
    }
    failed(turn, intent, "the rollout moved " + turn.conflicts + " times while it was sent", false);
  }

  private static void failed(Turn turn, Intent intent, String why, boolean refused) {
    Acting.seen(turn, why, false);
    turn.intent = Optional.empty();
    String text = intent.action().text() + " failed: " + why;
    if (turn.closing.isEmpty()) {
      // A hold, or its lift: nothing was judged.
      Endings.end(turn, Verdict.ERROR, Outcome.LEFT, text);
      return;
    }
    if (intent.action() == Action.HOLD) {
      // Something else was settled meanwhile, which needs no hold.
      turn.look();
      return;
    }
    GateSession.Closing closing = turn.closing.get();
    boolean judged = turn.point().flatMap(PointRun::decision).isPresent();
    boolean stays = judged || refused || intent.action() == Action.LIFT;
    Endings.end(
        turn,
        stays ? closing.verdict() : Verdict.ERROR,
        Outcome.NOT_HONOURED,
        closing.reason() + "; " + text);
  }
}
