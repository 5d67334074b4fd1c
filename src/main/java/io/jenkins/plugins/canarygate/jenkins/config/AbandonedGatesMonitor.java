package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Tells of gates that nobody can go on with, until somebody has looked at each. */
@Extension
public class AbandonedGatesMonitor extends AdministrativeMonitor {
  @Override
  public String getDisplayName() {
    return Messages.AbandonedGates_displayName();
  }

  @Override
  public boolean isActivated() {
    return !getGates().isEmpty();
  }

  public List<AbandonedRow> getGates() {
    return CanaryGateConfiguration.running().map(RunningGates::abandoned).stream()
        .flatMap(List::stream)
        .map(AbandonedRow::new)
        .toList();
  }

  /** An administrator has looked at a gate's rollout, and need not be told of it again. */
  @POST
  public HttpResponse doDismiss(@QueryParameter String build, @QueryParameter String id) {
    Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    CanaryGateConfiguration.running().ifPresent(gates -> gates.dismiss(new GateKey(build, id)));
    return HttpResponses.redirectViaContextPath("/manage");
  }
}
