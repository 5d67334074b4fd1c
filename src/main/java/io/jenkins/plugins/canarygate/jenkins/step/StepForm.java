package io.jenkins.plugins.canarygate.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.symbol.ArgumentNames;
import io.jenkins.plugins.canarygate.jenkins.symbol.SymbolDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jenkins.model.Jenkins;
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
      return new DescribableModel<>(CanaryGateStep.class).instantiate(arguments, null);
    } catch (IllegalArgumentException e) {
      throw new AbortException("canaryGate: " + ArgumentNames.why(e));
    }
  }

  /** A form gives parameters as lines of {@code name=value}. */
  @Override
  public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
    String lines = form.optString("parameterLines");
    form.remove("parameterLines");
    CanaryGateStep step = (CanaryGateStep) super.newInstance(request, form);
    step.setParameters(ParameterLines.read(lines));
    return step;
  }

  @POST
  public FormValidation doCheckParameterLines(@QueryParameter String value) {
    return ParameterLines.isInOrder(value)
        ? FormValidation.ok()
        : FormValidation.error(Messages.CanaryGateStep_parameterLines());
  }

  /** The clusters an administrator has named, for whoever may configure the job. */
  @POST
  public ComboBoxModel doFillClusterItems(@AncestorInPath Item item) {
    return names(item, Settings::clusters, ClusterSettings::name);
  }

  /** The environments an administrator has named, likewise. */
  @POST
  public ComboBoxModel doFillHoneycombItems(@AncestorInPath Item item) {
    return names(item, Settings::honeycombs, HoneycombSettings::name);
  }

  private static <T> ComboBoxModel names(
      Item item, Function<Settings, List<T>> all, Function<T, String> nameOf) {
    ComboBoxModel items = new ComboBoxModel();
    if (mayConfigure(item)) {
      all.apply(CanaryGateConfiguration.get().toSettings()).stream()
          .map(nameOf)
          .forEach(items::add);
    }
    return items;
  }

  @POST
  public ListBoxModel doFillCredentialsIdItems(
      @AncestorInPath Item item, @QueryParameter String credentialsId) {
    return credentials(item, credentialsId, StringCredentials.class, FileCredentials.class);
  }

  @POST
  public ListBoxModel doFillHoneycombCredentialsIdItems(
      @AncestorInPath Item item, @QueryParameter String honeycombCredentialsId) {
    return credentials(item, honeycombCredentialsId, StringCredentials.class);
  }

  @SafeVarargs
  private static ListBoxModel credentials(
      Item item, String current, Class<? extends StandardCredentials>... kinds) {
    StandardListBoxModel items = new StandardListBoxModel();
    if (mayUseCredentials(item)) {
      items.includeEmptyValue();
      for (Class<? extends StandardCredentials> kind : kinds) {
        if (item == null) {
          items.includeAs(ACL.SYSTEM2, Jenkins.get(), kind);
        } else {
          items.includeAs(ACL.SYSTEM2, item, kind);
        }
      }
    }
    items.includeCurrentValue(current);
    return items;
  }

  private static boolean mayConfigure(Item item) {
    return item == null
        ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
        : item.hasPermission(Item.CONFIGURE) || item.hasPermission(Item.EXTENDED_READ);
  }

  private static boolean mayUseCredentials(Item item) {
    return item == null
        ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
        : item.hasPermission(Item.EXTENDED_READ)
            || item.hasPermission(CredentialsProvider.USE_ITEM);
  }
}
