package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Tells of clusters that gates cannot reach, and of credentials that they cannot use. */
@Extension
public class TroubledClustersMonitor extends AdministrativeMonitor {
  private final KeyTroubles keys = new KeyTroubles(new AdministratorKeys(), Clock.systemUTC());

  @Override
  public String getDisplayName() {
    return Messages.TroubledClusters_displayName();
  }

  @Override
  public boolean isActivated() {
    return !getTroubles().isEmpty();
  }

  /** All troubles there are, clusters first. */
  public List<Trouble> getTroubles() {
    return Trouble.all(
        CanaryGateConfiguration.running().map(RunningGates::troubles).orElse(Map.of()),
        keys.of(CanaryGateConfiguration.get().toSettings()));
  }
}
