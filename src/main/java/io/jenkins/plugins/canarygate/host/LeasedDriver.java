package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.util.Optional;

/** Stops a gate at once whose Lease is lost: nothing is sent, and no look is good any more. */
public final class LeasedDriver implements RolloutDriver {
  private final RolloutDriver driver;
  private final RolloutLease lease;

  public LeasedDriver(RolloutDriver driver, RolloutLease lease) {
    this.driver = driver;
    this.lease = lease;
  }

  @Override
  public Observation look(Question question) throws LookException {
    Optional<String> lost = lease.lost();
    if (lost.isPresent()) {
      throw new LookException(LookException.Kind.DENIED, lost.get(), Optional.empty());
    }
    return driver.look(question);
  }

  @Override
  public Optional<Write> next(Intent intent, Observation fresh) {
    return driver.next(intent, fresh);
  }

  @Override
  public Receipt send(Write write) {
    return lease
        .lost()
        .map(why -> new Receipt(Receipt.Result.REFUSED, why))
        .orElseGet(() -> driver.send(write));
  }
}
