package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.Extension;
import hudson.model.PeriodicWork;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.canarygate.jenkins.build.CanaryGateAction;
import io.jenkins.plugins.canarygate.jenkins.gates.BuildFate;
import io.jenkins.plugins.canarygate.jenkins.gates.GateEnd;
import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import java.util.concurrent.TimeUnit;

/** Looks, every minute, after gates whose builds are over or gone. */
@Extension
public class GateSweep extends PeriodicWork {

  @Override
  public long getRecurrencePeriod() {
    return TimeUnit.MINUTES.toMillis(1);
  }

  @Override
  public long getInitialDelay() {
    return TimeUnit.SECONDS.toMillis(20);
  }

  @Override
  protected void doRun() {
    CanaryGates.get().later(GateSweep::sweep);
  }

  static void sweep() {
    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
      CanaryGates.get()
          .sweep(GateSweep::fate)
          .forEach(
              (key, report) -> {
                Run<?, ?> run = run(key);
                if (run != null) {
                  CanaryGateAction.ended(run, key, GateEnd.abandoned(report));
                }
              });
    }
  }

  private static BuildFate fate(GateKey key) {
    Run<?, ?> run = run(key);
    if (run == null) {
      return BuildFate.DELETED;
    }
    return run.isBuilding() ? BuildFate.WAITED_FOR : BuildFate.OVER;
  }

  private static Run<?, ?> run(GateKey key) {
    try {
      return Run.fromExternalizableId(key.build());
    } catch (IllegalArgumentException none) {
      return null;
    }
  }
}
