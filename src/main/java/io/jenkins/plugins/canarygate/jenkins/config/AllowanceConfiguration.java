package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.jenkins.gates.Allowance;
import io.jenkins.plugins.canarygate.rollout.Action;
import java.util.EnumSet;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which jobs may do what in which namespaces of a cluster. */
public class AllowanceConfiguration implements Describable<AllowanceConfiguration> {
  private final String jobs;
  private final String namespaces;
  private boolean promote;
  private boolean promoteFully;
  private boolean abort;
  private boolean pause;
  private boolean analyses;

  /**
   * @param jobs patterns of full names of jobs, one a line
   * @param namespaces names of namespaces, one a line
   */
  @DataBoundConstructor
  public AllowanceConfiguration(String jobs, String namespaces) {
    this.jobs = jobs == null ? "" : jobs.strip();
    this.namespaces = namespaces == null ? "" : namespaces.strip();
  }

  Allowance toAllowance() {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    add(actions, promote, Action.PROMOTE);
    add(actions, promoteFully, Action.PROMOTE_FULLY);
    add(actions, abort, Action.ABORT);
    add(actions, pause, Action.PAUSE);
    return new Allowance(Lines.of(jobs), Lines.of(namespaces), actions, analyses);
  }

  private static void add(Set<Action> actions, boolean allowed, Action action) {
    if (allowed) {
      actions.add(action);
    }
  }

  public String getJobs() {
    return jobs == null ? "" : jobs;
  }

  public String getNamespaces() {
    return namespaces == null ? "" : namespaces;
  }

  public boolean isPromote() {
    return promote;
  }

  @DataBoundSetter
  public void setPromote(boolean promote) {
    this.promote = promote;
  }

  public boolean isPromoteFully() {
    return promoteFully;
  }

  @DataBoundSetter
  public void setPromoteFully(boolean promoteFully) {
    this.promoteFully = promoteFully;
  }

  public boolean isAbort() {
    return abort;
  }

  @DataBoundSetter
  public void setAbort(boolean abort) {
    this.abort = abort;
  }

  public boolean isPause() {
    return pause;
  }

  @DataBoundSetter
  public void setPause(boolean pause) {
    this.pause = pause;
  }

  public boolean isAnalyses() {
    return analyses;
  }

  /**
   * @param analyses whether Keptn Analyses may be created there
   */
  @DataBoundSetter
  public void setAnalyses(boolean analyses) {
    this.analyses = analyses;
  }

  /** Its form. */
  @Extension
  @Symbol("canaryGateAllowance")
  public static class DescriptorImpl extends Descriptor<AllowanceConfiguration> {
    @Override
    public String getDisplayName() {
      return Messages.Allowance_displayName();
    }

    @POST
    public FormValidation doCheckJobs(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.jobs(value).validation();
    }

    @POST
    public FormValidation doCheckNamespaces(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.namespaces(value).validation();
    }
  }
}
