package io.jenkins.plugins.canarygate.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.PointRun;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.gate.View;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries out what one gate's engine wants done, and tells what came of it. */
final class Errands {
  /** How long a write that is under way when the gate is asked to end may still take (rule A6). */
  static final Duration UNANSWERED = Duration.ofSeconds(3);

  /** How long an ended gate waits for what is taken back, of the 20 s of rule A6. */
  static final Duration TAKING_BACK = Duration.ofSeconds(2);

  private final GateJob job;
  private final HostParts parts;
  private final Serial mailbox;
  private final Supplier<GateSession> session;
  private final Consumer<Seen> tell;
  private final Consumer<String> problem;
  private final EvidenceLane evidence;
  private final AnnounceLane announcements;
  private final RolloutLane rollout;

  Errands(
      GateJob job,
      HostParts parts,
      Serial mailbox,
      Supplier<GateSession> session,
      Consumer<Seen> tell,
      Consumer<String> problem) {
    this.job = job;
    this.parts = parts;
    this.mailbox = mailbox;
    this.session = session;
    this.tell = tell;
    this.problem = problem;
    this.evidence = new EvidenceLane(job.sources(), parts.pool(), mailbox, tell);
    this.announcements =
        new AnnounceLane(job.announcer(), parts.pool(), mailbox, parts.clock(), tell);
    this.rollout =
        new RolloutLane(job.driver(), parts.pool(), mailbox, parts.clock(), this::question, tell);
    pending(job.session()).forEach(order -> evidence.inherit(order, context()));
  }

  /**
   * Carries out one todo.
   *
   * @param told the observation that the step was told
   */
  void run(Todo todo, Optional<Observation> told) {
    if (todo instanceof Todo.Look) {
      rollout.look();
    } else if (todo instanceof Todo.Prepare) {
      evidence.prepare(context());
    } else if (todo instanceof Todo.Measure measure) {
      evidence.measure(measure.orders(), context());
    } else if (todo instanceof Todo.Act act) {
      act(act, told);
    } else if (todo instanceof Todo.Announce announce) {
      announcements.announce(announce);
    }
  }

  void look() {
    rollout.look();
  }

  /** Makes the look that is wanted, if none is under way. */
  void lookIfWanted() {
    rollout.lookIfWanted();
  }

  /**
   * Goes on by threads and connections of its own (rule A6), without waiting for what is under way
   * on the others: a look is wanted anew, a write that has begun is given a little time.
   */
  void hurry() {
    rollout
        .moveTo(job.urgentDriver().or(job::driver), parts.urgent())
        .ifPresent(
            begun ->
                parts
                    .timers()
                    .schedule(UNANSWERED, () -> mailbox.execute(() -> rollout.giveUp(begun))));
  }

  /** Hears no more of the rollout. */
  void stop() {
    rollout.close();
  }

  /**
   * The gate has ended: takes back what its measurements have left outside.
   *
   * @param then run once that is done, or has taken too long; perhaps twice
   */
  void takeBack(Runnable then) {
    Timers.Cancellable patience = parts.timers().schedule(TAKING_BACK, () -> mailbox.execute(then));
    evidence.end(
        () -> {
          patience.cancel();
          then.run();
        });
  }

  /** Runs {@code task} once nothing is being announced. */
  void whenAnnounced(Runnable task) {
    announcements.whenIdle(task);
  }

  private void act(Todo.Act act, Optional<Observation> told) {
    if (told.isEmpty() || rollout.busy()) {
      problem.accept(
          "nothing was sent for "
              + act.intent().action().text()
              + ": it was not asked on a fresh look");
      mailbox.execute(() -> tell.accept(new Seen.NothingToSend()));
      return;
    }
    rollout.act(act.intent(), told.get());
  }

  private Question question() {
    GateSession now = session.get();
    return new Question(
        parts.clock().now().now(), fence(now), now.intent(), now.memory(), watched());
  }

  private boolean watched() {
    return job.topic().map(parts.wakeUps()::watched).orElse(false);
  }

  /** By hand nothing is judged, so the fence is that of the action. */
  private static Optional<Fence> fence(GateSession now) {
    return now.mode() == Mode.BY_HAND
        ? now.intent().map(Intent::fence)
        : now.point().flatMap(PointRun::fence);
  }

  /** What was asked before this process began, and had no answer yet. */
  private static List<Todo.Order> pending(GateSession before) {
    return before.point().map(PointRun::checks).orElse(List.of()).stream()
        .filter(run -> run.pending().isPresent())
        .map(run -> order(run.check(), run.pending().get()))
        .toList();
  }

  private static Todo.Order order(String check, CheckRun.Pending pending) {
    return new Todo.Order(
        check, pending.window(), pending.since(), pending.ticket(), SeriesWanted.NO);
  }

  private EvidenceContext context() {
    GateSession now = session.get();
    Optional<View> view = now.view();
    JsonNode memory =
        job.driver().isPresent() ? now.memory().details() : JsonNodeFactory.instance.objectNode();
    return new EvidenceContext(
        parts.clock().now().now(),
        view.flatMap(View::trafficSince),
        view.map(View::cohorts).orElse(Map.of()),
        memory);
  }
}
