package io.jenkins.plugins.canarygate.jenkins.config;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An environment at Honeycomb that steps and gate files name. */
public class HoneycombConfiguration implements Describable<HoneycombConfiguration> {
  private final String name;
  private String region = "us";
  private String url = "";
  private String credentialsId = "";
  private int resultsPerMinute = HoneycombQuota.BY_DEFAULT;
  private String jobs = "";

  /**
   * @param name what steps and gate files call it
   */
  @DataBoundConstructor
  public HoneycombConfiguration(String name) {
    this.name = name == null ? "" : name.strip();
  }

  HoneycombSettings toSettings() {
    String region = "eu".equals(getRegion()) ? HoneycombClient.EU : HoneycombClient.US;
    return new HoneycombSettings(
        getName(),
        getUrl().isEmpty() ? region : getUrl(),
        getCredentialsId(),
        Math.max(1, resultsPerMinute),
        Lines.of(getJobs()));
  }

  public String getName() {
    return name == null ? "" : name;
  }

  public String getRegion() {
    return region == null ? "us" : region;
  }

  /**
   * @param region {@code us} or {@code eu}
   */
  @DataBoundSetter
  public void setRegion(String region) {
    this.region = "eu".equals(region) ? "eu" : "us";
  }

  public String getUrl() {
    return url == null ? "" : url;
  }

  /**
   * @param url another address in place of the region's
   */
  @DataBoundSetter
  public void setUrl(String url) {
    this.url = url == null ? "" : url.strip();
  }

  public String getCredentialsId() {
    return credentialsId == null ? "" : credentialsId;
  }

  @DataBoundSetter
  public void setCredentialsId(String credentialsId) {
    this.credentialsId = credentialsId == null ? "" : credentialsId;
  }

  public int getResultsPerMinute() {
    return resultsPerMinute;
  }

  @DataBoundSetter
  public void setResultsPerMinute(int resultsPerMinute) {
    this.resultsPerMinute = Math.max(1, resultsPerMinute);
  }

  public String getJobs() {
    return jobs == null ? "" : jobs;
  }

  /**
   * @param jobs patterns of full names of jobs, one a line
   */
  @DataBoundSetter
  public void setJobs(String jobs) {
    this.jobs = jobs == null ? "" : jobs.strip();
  }

  /** Its form. */
  @Extension
  @Symbol("canaryGateHoneycomb")
  public static class DescriptorImpl extends Descriptor<HoneycombConfiguration> {
    @Override
    public String getDisplayName() {
      return Messages.Honeycomb_displayName();
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.name(value).validation();
    }

    @POST
    public FormValidation doCheckUrl(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.address(value).validation();
    }

    @POST
    public FormValidation doCheckResultsPerMinute(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.number(value, 1).validation();
    }

    @POST
    public FormValidation doCheckJobs(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.jobs(value).validation();
    }

    /** Looks whether there is such a credential, and whether it can be a key. */
    @POST
    public FormValidation doCheckCredentialsId(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return KeyRules.ofHoneycomb(value, new AdministratorKeys()).validation();
    }

    /** The regions that Honeycomb has. */
    @POST
    public ListBoxModel doFillRegionItems() {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      ListBoxModel items = new ListBoxModel();
      items.add("US (api.honeycomb.io)", "us");
      items.add("EU (api.eu1.honeycomb.io)", "eu");
      return items;
    }

    /** Secret texts; whoever may not administer sees the current one alone. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
      StandardListBoxModel items = new StandardListBoxModel();
      if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
        items.includeEmptyValue();
        items.includeAs(ACL.SYSTEM2, Jenkins.get(), StringCredentials.class);
      }
      items.includeCurrentValue(credentialsId);
      return items;
    }

    /** Asks Honeycomb what the key may do; costs no quota. */
    @POST
    public FormValidation doTestConnection(
        @QueryParameter String name,
        @QueryParameter String region,
        @QueryParameter String url,
        @QueryParameter String credentialsId) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      if (FormRules.address(url).wrong()) {
        return FormRules.address(url).validation();
      }
      HoneycombConfiguration environment = new HoneycombConfiguration(name);
      environment.setRegion(region);
      environment.setUrl(url);
      environment.setCredentialsId(credentialsId);
      return TestedConnection.of(
          CanaryGateConfiguration.trial().tryHoneycomb(environment.toSettings()));
    }
  }
}
