package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.jenkins.gates.PolicyFloor;
import java.util.EnumSet;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What every gate must keep to, whatever its file says. */
public class PolicyFloorConfiguration implements Describable<PolicyFloorConfiguration> {
  private int countedChecks = 1;
  private boolean onFailAbort = true;
  private boolean onFailPause = true;
  private boolean onFailNone = true;
  private boolean optionalChecks = true;

  @DataBoundConstructor
  public PolicyFloorConfiguration() {}

  PolicyFloor toFloor() {
    Set<Reaction> onFail = EnumSet.noneOf(Reaction.class);
    add(onFail, onFailAbort, Reaction.ABORT);
    add(onFail, onFailPause, Reaction.PAUSE);
    add(onFail, onFailNone, Reaction.NONE);
    return new PolicyFloor(countedChecks, onFail, optionalChecks);
  }

  private static void add(Set<Reaction> all, boolean permitted, Reaction reaction) {
    if (permitted) {
      all.add(reaction);
    }
  }

  public int getCountedChecks() {
    return countedChecks;
  }

  @DataBoundSetter
  public void setCountedChecks(int countedChecks) {
    this.countedChecks = Math.max(0, countedChecks);
  }

  public boolean isOnFailAbort() {
    return onFailAbort;
  }

  @DataBoundSetter
  public void setOnFailAbort(boolean onFailAbort) {
    this.onFailAbort = onFailAbort;
  }

  public boolean isOnFailPause() {
    return onFailPause;
  }

  @DataBoundSetter
  public void setOnFailPause(boolean onFailPause) {
    this.onFailPause = onFailPause;
  }

  public boolean isOnFailNone() {
    return onFailNone;
  }

  @DataBoundSetter
  public void setOnFailNone(boolean onFailNone) {
    this.onFailNone = onFailNone;
  }

  public boolean isOptionalChecks() {
    return optionalChecks;
  }

  @DataBoundSetter
  public void setOptionalChecks(boolean optionalChecks) {
    this.optionalChecks = optionalChecks;
  }

  /** Its form. */
  @Extension
  @Symbol("canaryGatePolicyFloor")
  public static class DescriptorImpl extends Descriptor<PolicyFloorConfiguration> {
    @Override
    public String getDisplayName() {
      return Messages.PolicyFloor_displayName();
    }

    @POST
    public FormValidation doCheckCountedChecks(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.number(value, 0).validation();
    }
  }
}
