package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import io.jenkins.plugins.canarygate.jenkins.symbol.ArgumentNames;
import io.jenkins.plugins.canarygate.jenkins.symbol.SymbolDescriptor;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What Pipeline and its forms know of the step. */
public abstract class StepForm extends StepDescriptor {
  @Override
  public String getFunctionName() {
    return "canaryGate";
  }

  @Override
  public String getDisplayName() {
    return Messages.CanaryGateStep_displayName();
  }

  // No workspace: a gate can stand in the Jenkinsfile, and its step need hold no executor.
  @Override
  public Set<? extends Class<?>> getRequiredContext() {
    return Set.of(Run.class, TaskListener.class, FlowNode.class);
  }

  @Override
  public String argumentsToString(Map<String, Object> arguments) {
    Object what = arguments.getOrDefault("gate", arguments.get("name"));
    return what == null ? null : what.toString();
  }

  // The other way there is only warns of arguments that the step does not know.
  @Override
  @SuppressWarnings("deprecation")
  public Step newInstance(Map<String, Object> arguments) throws AbortException {
    try {
      ArgumentNames.check(
          getFunctionName(), arguments.keySet(), SymbolDescriptor.names(CanaryGateStep.class));
    } catch (IllegalArgumentException e) {
      throw new AbortException(e.getMessage());
    }
    try {
      return new DescribableModel<>(CanaryGateStep.class).instantiate(arguments, null);
    } catch (IllegalArgumentException e) {
      throw new AbortException("an argument of canaryGate is wrong: " + ArgumentNames.why(e));
    }
  }

  /**
   * A form gives parameters as lines of {@code name=value}, and the gate itself as a block that is
   * there only where it is ticked: what stands in it unticked is not said.
   */
  @Override
  public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
    if (form.remove("here") instanceof JSONObject pieces) {
      form.putAll(pieces);
    }
    String lines = form.optString("parameterLines");
    form.remove("parameterLines");
    CanaryGateStep step = (CanaryGateStep) super.newInstance(request, form);
    step.setParameters(ParameterLines.read(lines));
    return step;
  }

  @POST
  public FormValidation doCheckGate(@AncestorInPath Item item, @QueryParameter String value) {
    boolean outside = value.matches("[/\\\\].*|[A-Za-z]:.*|(.*[/\\\\])?\\.\\.([/\\\\].*)?");
    return !FormLists.mayConfigure(item) || !outside
        ? FormValidation.ok()
        : FormValidation.error(Messages.CanaryGateStep_gate());
  }

  @POST
  public FormValidation doCheckParameterLines(
      @AncestorInPath Item item, @QueryParameter String value) {
    return !FormLists.mayConfigure(item) || ParameterLines.isInOrder(value)
        ? FormValidation.ok()
        : FormValidation.error(Messages.CanaryGateStep_parameterLines());
  }

  /** The clusters an administrator has named, for whoever may configure the job. */
  @POST
  public ComboBoxModel doFillClusterItems(@AncestorInPath Item item) {
    return FormLists.names(item, Settings::clusters, ClusterSettings::name);
  }

  /** The environments an administrator has named, likewise. */
  @POST
  public ComboBoxModel doFillHoneycombItems(@AncestorInPath Item item) {
    return FormLists.names(item, Settings::honeycombs, HoneycombSettings::name);
  }

  /** The Prometheus servers an administrator has named, likewise. */
  @POST
  public ComboBoxModel doFillPrometheusItems(@AncestorInPath Item item) {
    return FormLists.names(item, Settings::prometheusServers, PrometheusSettings::name);
  }

  @POST
  public ListBoxModel doFillCredentialsIdItems(
      @AncestorInPath Item item, @QueryParameter String credentialsId) {
    return FormLists.credentials(
        item, credentialsId, StringCredentials.class, FileCredentials.class);
  }

  @POST
  public ListBoxModel doFillHoneycombCredentialsIdItems(
      @AncestorInPath Item item, @QueryParameter String honeycombCredentialsId) {
    return FormLists.credentials(item, honeycombCredentialsId, StringCredentials.class);
  }

  @POST
  public ListBoxModel doFillOnPassItems(@AncestorInPath Item item) {
    return FormLists.words(item, "promote", "promoteFully", "none");
  }

  @POST
  public ListBoxModel doFillOnWarnItems(@AncestorInPath Item item) {
    return FormLists.words(item, "promote", "promoteFully", "pause", "abort", "none");
  }

  @POST
  public ListBoxModel doFillOnFailItems(@AncestorInPath Item item) {
    return FormLists.words(item, "abort", "pause", "none");
  }

  @POST
  public ListBoxModel doFillOnInconclusiveItems(@AncestorInPath Item item) {
    return FormLists.words(item, "none", "pause", "abort");
  }

  @POST
  public ListBoxModel doFillOnTimeoutItems(@AncestorInPath Item item) {
    return FormLists.words(item, "none", "pause", "abort");
  }

  @POST
  public ListBoxModel doFillOnCancelItems(@AncestorInPath Item item) {
    return FormLists.words(item, "none", "pause", "abort");
  }

  @POST
  public ListBoxModel doFillOnNotGatedItems(@AncestorInPath Item item) {
    return FormLists.words(item, "fail", "pass");
  }
}
