package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

/** Takes steps of an engine and holds at each of them what must hold at every step of a gate. */
final class Steps {
  private Steps() {}

  static Step take(GateEngine engine, GateSession session, Moment moment, Seen seen) {
    GateSession before = SessionJson.read(SessionJson.write(session));
    assertThat(before).as("the session as JSON, and back").isEqualTo(session);
    Step step = engine.step(before, moment, seen);
    assertThat(engine.step(session, moment, seen)).as("the same step again").isEqualTo(step);
    GateSession after = SessionJson.read(SessionJson.write(step.session()));
    assertThat(after).as("the session after %s as JSON", seen).isEqualTo(step.session());
    actsOnlyWhatIsKept(step);
    lookAgainIsAhead(step, moment);
    if (step.session().ended()) {
      wantsNothingMore(session, step);
    } else {
      assertThat(step.todos()).doesNotContain(new Todo.Finish());
    }
    return step;
  }

  /** Promise 4: written down first, one action at a time (rule A2). */
  private static void actsOnlyWhatIsKept(Step step) {
    var acts = step.todos().stream().filter(Todo.Act.class::isInstance).toList();
    assertThat(acts).as("one write at a time").hasSizeLessThanOrEqualTo(1);
    for (Todo todo : acts) {
      assertThat(step.durable()).as("kept before %s", todo).isTrue();
      assertThat(step.session().intent()).contains(((Todo.Act) todo).intent());
    }
  }

  /** A gate never asks to be stepped again at once: it would never let go of its thread. */
  private static void lookAgainIsAhead(Step step, Moment moment) {
    boolean finished = step.todos().contains(new Todo.Finish());
    if (!finished) {
      assertThat(step.lookAgain()).as("lookAgain of %s", step).isAfter(moment.now());
    }
  }

  private static void wantsNothingMore(GateSession before, Step step) {
    assertThat(step.todos())
        .as("todos of an ended gate")
        .allMatch(todo -> todo instanceof Todo.Finish || todo instanceof Todo.Announce);
    assertThat(step.session().phase()).isEqualTo(Phase.ENDED);
    if (before.ended()) {
      assertThat(step.session().ending()).as("the stored verdict").isEqualTo(before.ending());
      assertThat(step.session().actions()).isEqualTo(before.actions());
    }
  }
}
