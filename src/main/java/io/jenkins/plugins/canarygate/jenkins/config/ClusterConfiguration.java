package io.jenkins.plugins.canarygate.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A cluster that steps and gate files name. */
public class ClusterConfiguration implements Describable<ClusterConfiguration> {
  private final String name;
  private String server = "";
  private String certificate = "";
  private String credentialsId = "";
  private boolean serviceAccount;
  private List<AllowanceConfiguration> allowances = new ArrayList<>();

  /**
   * @param name what steps and gate files call it
   */
  @DataBoundConstructor
  public ClusterConfiguration(String name) {
    this.name = name == null ? "" : name.strip();
  }

  ClusterSettings toSettings() {
    return new ClusterSettings(
        getName(),
        getServer(),
        getCertificate(),
        getCredentialsId(),
        serviceAccount,
        getAllowances().stream().map(AllowanceConfiguration::toAllowance).toList());
  }

  public String getName() {
    return name == null ? "" : name;
  }

  public String getServer() {
    return server == null ? "" : server;
  }

  @DataBoundSetter
  public void setServer(String server) {
    this.server = server == null ? "" : server.strip();
  }

  public String getCertificate() {
    return certificate == null ? "" : certificate;
  }

  @DataBoundSetter
  public void setCertificate(String certificate) {
    this.certificate = certificate == null ? "" : certificate.strip();
  }

  public String getCredentialsId() {
    return credentialsId == null ? "" : credentialsId;
  }

  @DataBoundSetter
  public void setCredentialsId(String credentialsId) {
    this.credentialsId = credentialsId == null ? "" : credentialsId;
  }

  public boolean isServiceAccount() {
    return serviceAccount;
  }

  @DataBoundSetter
  public void setServiceAccount(boolean serviceAccount) {
    this.serviceAccount = serviceAccount;
  }

  public List<AllowanceConfiguration> getAllowances() {
    return allowances == null ? List.of() : allowances;
  }

  @DataBoundSetter
  public void setAllowances(List<AllowanceConfiguration> allowances) {
    this.allowances = allowances == null ? new ArrayList<>() : new ArrayList<>(allowances);
  }

  /** Its form. */
  @Extension
  @Symbol("canaryGateCluster")
  public static class DescriptorImpl extends Descriptor<ClusterConfiguration> {
    @Override
    public String getDisplayName() {
      return Messages.Cluster_displayName();
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.name(value).validation();
    }

    @POST
    public FormValidation doCheckServer(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.address(value).validation();
    }

    @POST
    public FormValidation doCheckCertificate(@QueryParameter String value) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return FormRules.certificate(value).validation();
    }

    /** Looks whether there is such a credential, and whether a cluster can use it. */
    @POST
    public FormValidation doCheckCredentialsId(
        @QueryParameter String value, @QueryParameter boolean serviceAccount) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      return KeyRules.ofCluster(value, serviceAccount, new AdministratorKeys()).validation();
    }

    /** Tokens and kubeconfigs; whoever may not administer sees the current one alone. */
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
              CredentialsMatchers.instanceOf(FileCredentials.class)));
      items.includeCurrentValue(credentialsId);
      return items;
    }

    /** Contacts the cluster as a gate would, and changes nothing. */
    @POST
    public FormValidation doTestConnection(
        @QueryParameter String name,
        @QueryParameter String server,
        @QueryParameter String certificate,
        @QueryParameter String credentialsId,
        @QueryParameter boolean serviceAccount,
        @QueryParameter String namespace) {
      Jenkins.get().checkPermission(Jenkins.ADMINISTER);
      ClusterConfiguration cluster = new ClusterConfiguration(name);
      cluster.setServer(server);
      cluster.setCertificate(certificate);
      cluster.setCredentialsId(credentialsId);
      cluster.setServiceAccount(serviceAccount);
      String where = namespace == null || namespace.isBlank() ? "default" : namespace.strip();
      return TestedConnection.of(
          CanaryGateConfiguration.trial().tryCluster(cluster.toSettings(), where));
    }
  }
}
