package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;

/** Reminds that no gate may act, so that the switch is not forgotten. */
@Extension
public class ActingStoppedMonitor extends AdministrativeMonitor {
  @Override
  public String getDisplayName() {
    return Messages.ActingStopped_displayName();
  }

  @Override
  public boolean isActivated() {
    return CanaryGateConfiguration.get().isActingStopped();
  }
}
