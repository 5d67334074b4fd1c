package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.rollout.Observation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One gate: what is seen is told to the engine one at a time, in order; what the engine wants done
 * is kept first and carried out then. Everything that changes is touched in the mailbox alone.
 */
final class GateActor implements RunningGate {
  // Rule A6 leaves 20 s for everything; one try in three is what keeping may take of them.
  private static final int TRIES_TO_KEEP_WHEN_ENDING = 3;
  private static final Duration LAST_ANNOUNCEMENT = Duration.ofSeconds(5);

  private final GateJob job;
  private final StepFunction engine;
  private final HostParts parts;
  private final Consumer<GateActor> ended;
  private final Serial mailbox;
  private final GateTimer timer;
  private final SessionKeeper keeper;
  private final Errands errands;
  private final Queue<Seen> held = new ArrayDeque<>();
  private final CompletableFuture<GateSession> done = new CompletableFuture<>();
  private final AtomicBoolean cancelAsked = new AtomicBoolean();

  private volatile GateSession session;
  private Timers.Cancellable subscription = () -> {};
  private boolean begun;
  private boolean lookOnceKept;
  private boolean finishing;
  private boolean over;

  GateActor(GateJob job, StepFunction engine, HostParts parts, Consumer<GateActor> ended) {
    this.job = job;
    this.engine = engine;
    this.parts = parts;
    this.ended = ended;
    this.session = job.session();
    this.mailbox = new Serial(parts.pool());
    this.timer =
        new GateTimer(
            parts.clock(), parts.timers(), () -> mailbox.execute(() -> tell(new Seen.Time())));
    this.keeper = new SessionKeeper(job.store(), parts, mailbox, this::storeFailed);
    this.errands = new Errands(job, parts, mailbox, () -> session, this::tell, this::problem);
  }

  /** Begins after a while. */
  void begin(Duration wait) {
    if (session.ended()) {
      done.complete(session);
      mailbox.execute(this::release);
      return;
    }
    subscription = subscribe();
    if (session.cancel().isPresent() && cancelAsked.compareAndSet(false, true)) {
      mailbox.moveTo(parts.urgent());
      mailbox.execute(errands::hurry);
    }
    if (wait.isZero()) {
      mailbox.execute(this::start);
    } else {
      parts.timers().schedule(wait, () -> mailbox.execute(this::start));
    }
  }

  @Override
  public void cancel(String by, boolean timedOut) {
    if (cancelAsked.compareAndSet(false, true)) {
      // A letter that waits for a thread of a pool that hangs is read by another one.
      mailbox.moveTo(parts.urgent());
      mailbox.execute(
          () -> {
            start();
            errands.hurry();
            tell(new Seen.CancelAsked(by, timedOut));
            keeper.hurry();
            errands.lookIfWanted();
          });
    }
  }

  @Override
  public CompletionStage<GateSession> done() {
    return done.minimalCompletionStage();
  }

  @Override
  public GateSession session() {
    return session;
  }

  /** Stops without an end: the host is being closed. */
  void abandon() {
    mailbox.executeHere(
        () -> {
          if (!over) {
            release();
            done.completeExceptionally(
                new CancellationException(
                    "the host was closed; the gate can go on from its saved session"));
          }
        });
  }

  private Timers.Cancellable subscribe() {
    try {
      return job.topic()
          .map(topic -> parts.wakeUps().subscribe(topic, () -> mailbox.execute(this::woken)))
          .orElse(() -> {});
    } catch (RuntimeException unexpected) {
      problem("no watch wakes the gate, only its timer: " + Failures.name(unexpected));
      return () -> {};
    }
  }

  private void start() {
    if (!begun) {
      begun = true;
      tell(new Seen.Began());
    }
  }

  private void woken() {
    // A gate that has not begun will look anyway.
    if (!begun || over || finishing || session.ended()) {
      return;
    }
    if (keeper.waiting()) {
      lookOnceKept = true;
    } else {
      errands.look();
    }
  }

  private void tell(Seen seen) {
    if (over || (finishing && !(seen instanceof Seen.Announced))) {
      return;
    }
    if (keeper.waiting()) {
      held.add(seen);
      return;
    }
    GateSession before = session;
    Step step;
    try {
      step = engine.step(before, parts.clock().now(), seen);
    } catch (RuntimeException | Error unexpected) {
      crash("the gate failed unexpectedly: " + Failures.name(unexpected), unexpected);
      return;
    }
    Optional<Observation> told =
        seen instanceof Seen.Looked looked ? Optional.of(looked.observation()) : Optional.empty();
    session = step.session();
    if (mustBeKept(step)) {
      keeper.must(
          step.session(),
          this::giveUpKeeping,
          () -> kept(before, step, told),
          failure -> {
            if (step.session().ended()) {
              // The verdict stands, and whoever goes on from the state before it comes to it again.
              kept(before, step, told);
            } else {
              boolean lost = failure instanceof SessionLostException;
              crash(
                  lost
                      ? failure.getMessage()
                      : "the session cannot be kept, so nothing may be done",
                  failure);
            }
          });
    } else {
      keeper.soon(step.session());
      kept(before, step, told);
    }
  }

  private static boolean mustBeKept(Step step) {
    return step.durable()
        || step.todos().stream()
            .anyMatch(todo -> todo instanceof Todo.Act || todo instanceof Todo.Finish);
  }

  private boolean giveUpKeeping(int failures) {
    boolean late =
        session.ended() || cancelAsked.get() || parts.clock().now().now().isAfter(session.endBy());
    return late && failures >= TRIES_TO_KEEP_WHEN_ENDING;
  }

  private void kept(GateSession before, Step step, Optional<Observation> told) {
    listen(listener -> listener.stepped(before, step.session(), step));
    timer.set(step.lookAgain());
    for (Todo todo : step.todos()) {
      if (todo instanceof Todo.Finish) {
        finish();
      } else {
        errands.run(todo, told);
      }
    }
    if (lookOnceKept) {
      lookOnceKept = false;
      woken();
    }
    while (!held.isEmpty() && !keeper.waiting()) {
      tell(held.remove());
    }
  }

  private void finish() {
    if (finishing) {
      return;
    }
    finishing = true;
    timer.cancel();
    errands.stop();
    errands.takeBack(() -> errands.whenAnnounced(this::complete));
    if (!over) {
      parts.timers().schedule(LAST_ANNOUNCEMENT, () -> mailbox.execute(this::complete));
    }
  }

  private void complete() {
    if (!over) {
      release();
      done.complete(session);
    }
  }

  private void crash(String message, Throwable cause) {
    release();
    listen(listener -> listener.crashed(session, cause));
    done.completeExceptionally(new GateCrashedException(message, session, cause));
  }

  private void release() {
    over = true;
    held.clear();
    timer.cancel();
    errands.stop();
    subscription.cancel();
    keeper.close();
    ended.accept(this);
  }

  private void storeFailed(String why, Optional<Duration> again) {
    listen(listener -> listener.storeFailed(session, why, again));
  }

  private void problem(String what) {
    listen(listener -> listener.problem(session, what));
  }

  private void listen(Consumer<GateListener> call) {
    try {
      call.accept(job.listener());
    } catch (RuntimeException | Error theirs) {
      // Whoever listens must not hurt the gate.
    }
  }
}
