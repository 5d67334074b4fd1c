package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.jenkins.gates.BuildSide.Standing;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Receipt.Result;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What stands against an action of a gate at the moment it is to be sent: the build is over,
 * Jenkins goes down, an administrator has stopped all acting or allows it no more. What may pass is
 * answered as a server that is busy; the gate asks again until its time is up.
 */
final class Guard implements Function<Action, Optional<Receipt>> {
  private final Supplier<Settings> settings;
  private final BuildSide side;
  private final String cluster;
  private final String namespace;
  private final BooleanSupplier stopping;
  private final Runnable gone;

  /**
   * @param stopping whether the gate was asked to end: it takes back then, and never promotes
   * @param gone what to do when nobody waits for the gate any more
   */
  Guard(
      Supplier<Settings> settings,
      BuildSide side,
      String cluster,
      String namespace,
      BooleanSupplier stopping,
      Runnable gone) {
    this.settings = settings;
    this.side = side;
    this.cluster = cluster;
    this.namespace = namespace;
    this.stopping = stopping;
    this.gone = gone;
  }

  @Override
  public Optional<Receipt> apply(Action action) {
    boolean promotes = action == Action.PROMOTE || action == Action.PROMOTE_FULLY;
    if (promotes || !stopping.getAsBoolean()) {
      Standing standing = side.standing();
      if (standing == Standing.GONE) {
        gone.run();
        return busy("nobody waits for this gate any more: its build or step is over");
      }
      if (standing == Standing.NOT_NOW) {
        return busy("Jenkins is going down; the gate goes on when it is back");
      }
    }
    Settings now = settings.get();
    if (now.actingStopped()) {
      return busy(
          "an administrator has stopped all acting; it goes on when the switch under Manage Jenkins,"
              + " System, Canary Gate is off");
    }
    return allowed(now, action)
        ? Optional.empty()
        : Optional.of(
            new Receipt(
                Result.REFUSED,
                "Jenkins' administrator no longer allows "
                    + side.job()
                    + " to "
                    + action.text()
                    + " in namespace "
                    + namespace
                    + " of cluster "
                    + cluster));
  }

  private boolean allowed(Settings now, Action action) {
    return now.clusters().stream()
        .filter(each -> each.name().equals(cluster))
        .map(ClusterSettings::allowances)
        .anyMatch(all -> Allowance.allows(all, side.job(), namespace, action));
  }

  private static Optional<Receipt> busy(String why) {
    return Optional.of(new Receipt(Result.BUSY, why));
  }
}
