package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Moment;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.gate.Todo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * An engine that answers as a test says: the first rule that fits a Seen gives the step. What no
 * rule fits changes nothing and asks for nothing.
 */
final class ScriptedEngine implements StepFunction {

  /** What a rule answers. */
  record Answer(GateSession session, List<Todo> todos, Instant lookAgain, boolean durable) {
    static Answer of(GateSession session, Todo... todos) {
      return new Answer(session, List.of(todos), Instant.MAX, false);
    }

    Answer at(Instant due) {
      return new Answer(session, todos, due, durable);
    }

    Answer kept() {
      return new Answer(session, todos, lookAgain, true);
    }
  }

  private final Map<Predicate<Seen>, BiFunction<GateSession, Seen, Answer>> rules =
      new LinkedHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Moment> moments = new CopyOnWriteArrayList<>();

  ScriptedEngine on(Class<? extends Seen> kind, Todo... todos) {
    return on(kind::isInstance, (session, what) -> Answer.of(session, todos));
  }

  ScriptedEngine on(Class<? extends Seen> kind, BiFunction<GateSession, Seen, Answer> answer) {
    return on(kind::isInstance, answer);
  }

  /** Answers each Seen of a kind with the next of several answers, then with nothing. */
  ScriptedEngine inTurn(Class<? extends Seen> kind, List<List<Todo>> turns) {
    List<List<Todo>> left = new ArrayList<>(turns);
    return on(
        what -> kind.isInstance(what) && !left.isEmpty(),
        (session, what) -> new Answer(session, left.remove(0), Instant.MAX, false));
  }

  ScriptedEngine on(Predicate<Seen> which, BiFunction<GateSession, Seen, Answer> answer) {
    rules.put(which, answer);
    return this;
  }

  @Override
  public Step step(GateSession session, Moment moment, Seen what) {
    seen.add(what);
    moments.add(moment);
    for (Map.Entry<Predicate<Seen>, BiFunction<GateSession, Seen, Answer>> rule :
        rules.entrySet()) {
      if (rule.getKey().test(what)) {
        Answer answer = rule.getValue().apply(session, what);
        return new Step(answer.session(), answer.todos(), answer.lookAgain(), answer.durable());
      }
    }
    return new Step(session, List.of(), Instant.MAX, false);
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  <T extends Seen> List<T> seen(Class<T> kind) {
    return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What was told, by the names of its kinds. */
  List<String> kinds() {
    return seen.stream().map(what -> what.getClass().getSimpleName()).toList();
  }

  List<Moment> moments() {
    return List.copyOf(moments);
  }
}
