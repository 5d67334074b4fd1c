package io.jenkins.plugins.canarygate.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A Prometheus, Thanos, Cortex or Mimir that steps and gate files name. */
public class PrometheusConfiguration implements Describable<PrometheusConfiguration> {
  private final String name;
  private String url = "";
  private String credentialsId = "";
  private String tenant = "";
  private String tenantHeader = "";
  private String jobs = "";

  /**
   * @param name what steps and gate files call it
   */
  @DataBoundConstructor
  public PrometheusConfiguration(String name) {
    this.name = stripped(name);
  }

  PrometheusSettings toSettings() {
    return new PrometheusSettings(
        getName(),
        getUrl(),
        getCredentialsId(),
        getTenant(),
        getTenantHeader(),
        Lines.of(getJobs()));
  }

  private static String stripped(String given) {
    return given == null ? "" : given.strip();
  }

  public String getName() {
    return stripped(name);
  }

  public String getUrl() {
    return stripped(url);
  }

  /**
   * @param url what {@code /api/v1/query} is under
   */
  @DataBoundSetter
  public void setUrl(String url) {
    this.url = stripped(url);
  }

  public String getCredentialsId() {
    return stripped(credentialsId);
  }

  /**
   * @param credentialsId secret text, a token; or a username with password; empty: nobody is named
   */
  @DataBoundSetter
  public void setCredentialsId(String credentialsId) {
    this.credentialsId = stripped(credentialsId);
  }

  public String getTenant() {
    return stripped(tenant);
  }

  /**
   * @param tenant whose data is asked for, where a server holds that of several
   */
  @DataBoundSetter
  public void setTenant(String tenant) {
    this.tenant = stripped(tenant);
  }

  public String getTenantHeader() {
    return stripped(tenantHeader);
  }

  /**
   * @param tenantHeader the header that names the tenant, in place of the usual ones
   */
  @DataBoundSetter
  public void setTenantHeader(String tenantHeader) {
    this.tenantHeader = stripped(tenantHeader);
  }

  public String getJobs() {
    return stripped(jobs);
  }

  /**
   * @param jobs patterns of full names of jobs, one a line
   */
  @DataBoundSetter
  public void setJobs(String jobs) {
    this.jobs = stripped(jobs);
  }

  /** Its form. */
  @Extension
  @Symbol("canaryGatePrometheus")
  public static class DescriptorImpl extends Descriptor<PrometheusConfiguration> {
    @Override
    public String getDisplayName() {
      return Messages.Prometheus_displayName();
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.name(value).validation();
    }

    @POST
    public FormValidation doCheckUrl(
        @QueryParameter String value, @QueryParameter String credentialsId) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.prometheus(value, !stripped(credentialsId).isEmpty()).validation();
    }

    @POST
    public FormValidation doCheckTenant(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.tenant(value).validation();
    }

    @POST
    public FormValidation doCheckTenantHeader(
        @QueryParameter String value, @QueryParameter String tenant) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.tenantHeader(value, tenant).validation();
    }

    @POST
    public FormValidation doCheckJobs(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.jobs(value).validation();
    }

    /** Looks whether there is such a credential, and whether Prometheus can be asked with it. */
    @POST
    public FormValidation doCheckCredentialsId(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return KeyRules.ofPrometheus(value, new AdministratorKeys()).validation();
    }

    /** Tokens, and names with passwords; whoever may not administer sees the current one alone. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
      StandardListBoxModel items = new StandardListBoxModel();
      if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
        items.includeCurrentValue(credentialsId);
        return items;
      }
      items.includeEmptyValue();
      items.includeMatchingAs(
          ACL.SYSTEM2,
          Jenkins.get(),
          StandardCredentials.class,
          List.of(),
          CredentialsMatchers.anyOf(
              CredentialsMatchers.instanceOf(StringCredentials.class),
              CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class)));
      items.includeCurrentValue(credentialsId);
      return items;
    }

    /** Asks the server for a number, as a gate would ask. */
    @POST
    public FormValidation doTestConnection(
        @QueryParameter String name,
        @QueryParameter String url,
        @QueryParameter String credentialsId,
        @QueryParameter String tenant,
        @QueryParameter String tenantHeader) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      PrometheusConfiguration server = new PrometheusConfiguration(name);
      server.setUrl(url);
      server.setCredentialsId(credentialsId);
      server.setTenant(tenant);
      server.setTenantHeader(tenantHeader);
      Optional<Fault> fault = Fault.inUseOf(server);
      return fault.isPresent()
          ? FormValidation.error(fault.get().message())
          : TestedConnection.of(CanaryGateConfiguration.trial().tryPrometheus(server.toSettings()));
    }
  }
}
