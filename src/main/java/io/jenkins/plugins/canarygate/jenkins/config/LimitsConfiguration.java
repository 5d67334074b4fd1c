package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Limits;
import java.time.Duration;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How long gates may take, and how many may wait. */
public class LimitsConfiguration implements Describable<LimitsConfiguration> {
  private int totalMinutes;
  private int gates;

  @DataBoundConstructor
  public LimitsConfiguration() {}

  Limits toLimits() {
    return new Limits(
        totalMinutes > 0 ? Optional.of(Duration.ofMinutes(totalMinutes)) : Optional.empty(), gates);
  }

  public int getTotalMinutes() {
    return totalMinutes;
  }

  /**
   * @param totalMinutes the longest {@code timeouts.total}, in minutes; 0: any
   */
  @DataBoundSetter
  public void setTotalMinutes(int totalMinutes) {
    this.totalMinutes = Math.max(0, totalMinutes);
  }

  public int getGates() {
    return gates;
  }

  /**
   * @param gates how many may wait at a time; 0: any number
   */
  @DataBoundSetter
  public void setGates(int gates) {
    this.gates = Math.max(0, gates);
  }

  /** Its form. */
  @Extension
  @Symbol("canaryGateLimits")
  public static class DescriptorImpl extends Descriptor<LimitsConfiguration> {
    @Override
    public String getDisplayName() {
      return Messages.Limits_displayName();
    }

    @POST
    public FormValidation doCheckTotalMinutes(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.number(value, 0).validation();
    }

    @POST
    public FormValidation doCheckGates(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.number(value, 0).validation();
    }
  }
}
