package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a look shows of a decision that was asked (rule FL4): what both have in common. */
abstract class ReadBack {
  /** So often a decision that another hand removes is put back at most. */
  static final int MOST_SENDS = 20;

  /** So often it is tried to take a decision away that has done its work. */
  private static final int MOST_WITHDRAWALS = 5;

  /** And so long, where the server takes no try: what landed must not wait for that until total. */
  private static final Duration WITHDRAWS_FOR = Duration.ofMinutes(1);

  /**
   * What was read back.
   *
   * @param effect what it shows
   * @param text one line on it
   * @param due the write that is due
   * @param ours whether what moved since may be our own doing, so that it is no drift
   * @param stays that our decision stays although it is over, in one line; empty where it does not
   */
  record Result(
      Effect effect, String text, Optional<String> due, boolean ours, Optional<String> stays) {
    Result(Effect effect, String text, Optional<String> due, boolean ours) {
      this(effect, text, due, ours, Optional.empty());
    }

    Result staying(String why) {
      return new Result(effect, text + "; " + why, due, ours, Optional.of(why));
    }

    static Result due(String what, String text) {
      return new Result(Effect.DUE, text, Optional.of(what), true);
    }

    static Result standing(String text) {
      return new Result(Effect.STANDING, text, Optional.empty(), true);
    }

    static Result inEffect(String text) {
      return new Result(Effect.IN_EFFECT, text, Optional.empty(), true);
    }

    static Result overruled(String text) {
      return new Result(Effect.OVERRULED, text, Optional.empty(), false);
    }

    /** Whether only our own annotation is still in the way of what this look shows. */
    boolean tidying() {
      return due.filter(Write.WITHDRAW::equals).isPresent();
    }
  }

  final Look look;
  final Intent intent;
  final Fates fates;
  final FlaggerFence fence;
  private final Decision.Action action;

  ReadBack(Look look, Intent intent, Fates fates, Decision.Action action) {
    this.look = look;
    this.intent = intent;
    this.fates = fates;
    this.fence = new FlaggerFence(intent.fence());
    this.action = action;
  }

  static ReadBack of(Look look, Intent intent, Fates fates) {
    return switch (intent.action()) {
      case PROMOTE -> new ReadBackOfPromote(look, intent, fates);
      case ABORT -> new ReadBackOfAbort(look, intent, fates);
      default ->
          throw new IllegalArgumentException("no gate asks " + intent.action() + " of a Canary");
    };
  }

  final Result read() {
    return fence.binding().uid().equals(look.canary().uid())
        ? readSame()
        : Result.overruled("another Canary has the name now");
  }

  /** Reads an effect off the object that was fenced. */
  abstract Result readSame();

  /** What the decision is bound to as things are. */
  abstract Optional<Binding> bound();

  /** How many of a write may have reached the server. */
  private long arrived(String what) {
    return intent.sends().stream()
        .filter(send -> send.what().equals(what) && send.mayHaveArrived())
        .count();
  }

  private boolean refused(String what) {
    return any(what, Receipt.Result.REFUSED);
  }

  private boolean done(String what) {
    return any(what, Receipt.Result.DONE);
  }

  private boolean any(String what, Receipt.Result result) {
    return intent.sends().stream()
        .anyMatch(send -> send.what().equals(what) && send.result() == result);
  }

  /**
   * Whether what is seen may be our doing. An intent without sends may have been sent by a process
   * that died before it could write so; one whose sends all came back unwritten was not.
   */
  final boolean maybeOurs() {
    return intent.sends().isEmpty() || intent.mayHaveArrived();
  }

  /** Sees to it that our decision stands: writes it, puts it back, renews it. */
  final Result keep(String stands) {
    Optional<Decision> other = look.decidedByOther();
    if (other.isPresent()) {
      return Result.overruled(
          "gate " + other.get().gate() + " decided to " + other.get().action().text());
    }
    Optional<Decision> found = look.note().decision().filter(this::same);
    if (found.isPresent() && !found.get().expired(look.now())) {
      look.notes().heldUntil(found.get().notAfter());
      boolean renew =
          Horizon.runsOut(look.canary(), found.get().notAfter(), look.now())
              && !refused(Write.RENEW);
      return renew ? Result.due(Write.RENEW, stands) : Result.standing(stands);
    }
    if (intent.mayHaveArrived() && overriddenByHand()) {
      return Result.overruled("a person decided otherwise by this gate");
    }
    String what = action.text();
    if (refused(what)) {
      return Result.overruled("the API server refused to " + what);
    }
    long arrived = arrived(what);
    boolean stood = done(what) || look.notes().heldUntil().isPresent();
    if (arrived >= MOST_SENDS && !stood) {
      return Result.overruled(
          "no answer came to "
              + MOST_SENDS
              + " attempts to write the annotation "
              + Decision.ANNOTATION
              + ", and it is not there: see what is between here and the API server");
    }
    if (arrived >= MOST_SENDS) {
      return Result.overruled(
          "the annotation "
              + Decision.ANNOTATION
              + " was removed "
              + MOST_SENDS
              + " times by another hand: see whether a GitOps tool replaces the Canary as a whole");
    }
    return Result.due(
        what,
        arrived == 0
            ? ""
            : stood
                ? "the decision was gone, and is put back"
                : "no answer came, and the decision is not there: it is sent again");
  }

  private boolean same(Decision found) {
    return bound()
        .map(binding -> new Decision(look.gateId(), action, binding, found.notAfter()))
        .filter(found::equals)
        .isPresent();
  }

  private boolean overriddenByHand() {
    return look.standing()
        .filter(decision -> decision.gate().equals(look.gateId()) && decision.action() != action)
        .isPresent();
  }

  /** The same, once our decision is taken away: it has done its work, or can do none any more. */
  final Result tidied(Result then) {
    Optional<Decision> left =
        look.note()
            .decision()
            .filter(d -> d.gate().equals(look.gateId()) && d.action() == action && maybeOurs());
    if (left.isEmpty()) {
      return then;
    }
    long tries =
        intent.sends().stream()
            .filter(s -> s.what().equals(Write.WITHDRAW))
            .filter(s -> s.result() != Receipt.Result.DONE)
            .count();
    // A server that is busy counts as no try, however often it happens.
    Instant since = look.notes().withdrawsSince(left.get(), look.now());
    boolean inVain = !look.now().isBefore(since.plus(WITHDRAWS_FOR));
    return refused(Write.WITHDRAW) || tries >= MOST_WITHDRAWALS || inVain
        ? then.staying(
            "the annotation "
                + Decision.ANNOTATION
                + " could not be removed, and holds until "
                + left.get().notAfter())
        : Result.due(Write.WITHDRAW, then.text());
  }
}
