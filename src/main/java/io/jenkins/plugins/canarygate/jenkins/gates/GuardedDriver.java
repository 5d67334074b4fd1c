package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks once more, immediately before anything is sent, whether this gate may do it. To renew a
 * decision takes what deciding takes; to withdraw one is always allowed.
 */
final class GuardedDriver implements RolloutDriver {
  private final RolloutDriver driver;
  private final Function<Action, Optional<Receipt>> guard;
  private volatile Due due = new Due(null, Action.PROMOTE);

  /** What is to be sent, and for which action. */
  private record Due(Write write, Action action) {}

  /**
   * @param guard what stands against an action, as what would have come back for it; empty: nothing
   */
  GuardedDriver(RolloutDriver driver, Function<Action, Optional<Receipt>> guard) {
    this.driver = driver;
    this.guard = guard;
  }

  @Override
  public Observation look(Question question) throws LookException {
    return driver.look(question);
  }

  @Override
  public Optional<Write> next(Intent intent, Observation fresh) {
    Optional<Write> next = driver.next(intent, fresh);
    next.ifPresent(write -> due = new Due(write, intent.action()));
    return next;
  }

  @Override
  public Receipt send(Write write) {
    if (write.what().equals(Write.WITHDRAW)) {
      return driver.send(write);
    }
    return guard.apply(action(write)).orElseGet(() -> driver.send(write));
  }

  /** A write is called what it does; what has no name of its own is no less than a promotion. */
  private Action action(Write write) {
    Due asked = due;
    if (write.what().equals(Write.RENEW) && asked.write() == write) {
      return asked.action();
    }
    return Arrays.stream(Action.values())
        .filter(action -> action.text().equals(write.what()))
        .findFirst()
        .orElse(Action.PROMOTE);
  }
}
