package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A driver that numbers its looks, and lets tests take part in each call. */
final class FakeDriver implements RolloutDriver {
  /** What happens in a look before it is answered. */
  interface InLook {
    void run(int number) throws LookException;
  }

  private final String name;
  private final List<Question> questions = new CopyOnWriteArrayList<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  volatile InLook inLook = number -> {};
  volatile Runnable inNext = () -> {};
  volatile Runnable inSend = () -> {};
  volatile Optional<Write> due = Optional.of(Samples.write("promote"));

  /** Where each look finds the rollout; empty for another place at each. */
  volatile Optional<String> where = Optional.empty();

  volatile Receipt receipt = Receipt.DONE;

  FakeDriver(String name) {
    this.name = name;
  }

  @Override
  public Observation look(Question question) throws LookException {
    questions.add(question);
    int number = questions.size();
    inLook.run(number);
    return Samples.observation(question.now(), where.orElse(name + " look " + number));
  }

  @Override
  public Optional<Write> next(Intent intent, Observation fresh) {
    inNext.run();
    return due.map(
        write ->
            new Write(write.what(), write.what() + " on " + fresh.where(), write.body(), "status"));
  }

  @Override
  public Receipt send(Write write) {
    inSend.run();
    sent.add(write.text());
    return receipt;
  }

  List<Question> questions() {
    return questions;
  }

  List<String> sent() {
    return sent;
  }
}
