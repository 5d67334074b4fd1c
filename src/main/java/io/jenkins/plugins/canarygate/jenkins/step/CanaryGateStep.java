package io.jenkins.plugins.canarygate.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.gates.GateOrder;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.symbol.CheckSymbol;
import io.jenkins.plugins.canarygate.jenkins.symbol.Piece;
import io.jenkins.plugins.canarygate.jenkins.symbol.RolloutSymbol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The {@code canaryGate} step: a gate file, its text, or the gate as symbols; and how it is run
 * here. What is not given is null.
 */
public class CanaryGateStep extends Step {
  private String gate;
  private String gateText;
  private Map<String, Object> parameters;
  private String cluster;
  private String honeycomb;
  private String credentialsId;
  private String honeycombCredentialsId;
  private boolean throwOnFailure = true;
  private boolean dryRun;
  private boolean archive;

  private String name;
  private RolloutSymbol rollout;
  private List<CheckSymbol> checks;
  private String at;
  private String cohorts;
  private String defaults;
  private String score;
  private String timeouts;
  private String marker;
  private String onPass;
  private String onWarn;
  private String onFail;
  private String onInconclusive;
  private String onTimeout;
  private String onCancel;
  private String onNotGated;

  @DataBoundConstructor
  public CanaryGateStep() {}

  @Override
  public StepExecution start(StepContext context) throws Exception {
    return new CanaryGateExecution(context, this);
  }

  /** What is asked beside the gate itself. */
  GateOrder order() {
    Map<String, String> given = new LinkedHashMap<>();
    if (parameters != null) {
      parameters.forEach((key, value) -> given.put(key, value == null ? "" : value.toString()));
    }
    return new GateOrder(
        GateOrder.VERSION,
        Optional.ofNullable(gate),
        given,
        Optional.ofNullable(cluster),
        Optional.ofNullable(honeycomb),
        Optional.ofNullable(credentialsId),
        Optional.ofNullable(honeycombCredentialsId),
        throwOnFailure,
        dryRun,
        archive);
  }

  /** How the gate is given. */
  GateGiven given() throws RefusedException {
    return GateGiven.of(gate, gateText, hasSymbols() ? new GateTree(this) : null);
  }

  private boolean hasSymbols() {
    return name != null || rollout != null || checks != null && !checks.isEmpty();
  }

  public String getGate() {
    return gate;
  }

  @DataBoundSetter
  public void setGate(String gate) {
    this.gate = text(gate);
  }

  public String getGateText() {
    return gateText;
  }

  @DataBoundSetter
  public void setGateText(String gateText) {
    this.gateText = text(gateText);
  }

  public Map<String, Object> getParameters() {
    return parameters;
  }

  @DataBoundSetter
  public void setParameters(Map<String, Object> parameters) {
    this.parameters = parameters == null || parameters.isEmpty() ? null : parameters;
  }

  /** The parameters as lines of {@code name=value}, for a form. */
  public String getParameterLines() {
    return ParameterLines.write(parameters);
  }

  public String getCluster() {
    return cluster;
  }

  @DataBoundSetter
  public void setCluster(String cluster) {
    this.cluster = text(cluster);
  }

  public String getHoneycomb() {
    return honeycomb;
  }

  @DataBoundSetter
  public void setHoneycomb(String honeycomb) {
    this.honeycomb = text(honeycomb);
  }

  public String getCredentialsId() {
    return credentialsId;
  }

  @DataBoundSetter
  public void setCredentialsId(String credentialsId) {
    this.credentialsId = text(credentialsId);
  }

  public String getHoneycombCredentialsId() {
    return honeycombCredentialsId;
  }

  @DataBoundSetter
  public void setHoneycombCredentialsId(String honeycombCredentialsId) {
    this.honeycombCredentialsId = text(honeycombCredentialsId);
  }

  public boolean isThrowOnFailure() {
    return throwOnFailure;
  }

  @DataBoundSetter
  public void setThrowOnFailure(boolean throwOnFailure) {
    this.throwOnFailure = throwOnFailure;
  }

  public boolean isDryRun() {
    return dryRun;
  }

  @DataBoundSetter
  public void setDryRun(boolean dryRun) {
    this.dryRun = dryRun;
  }

  public boolean isArchive() {
    return archive;
  }

  @DataBoundSetter
  public void setArchive(boolean archive) {
    this.archive = archive;
  }

  public String getName() {
    return name;
  }

  @DataBoundSetter
  public void setName(String name) {
    this.name = text(name);
  }

  public RolloutSymbol getRollout() {
    return rollout;
  }

  @DataBoundSetter
  public void setRollout(RolloutSymbol rollout) {
    this.rollout = rollout;
  }

  public List<CheckSymbol> getChecks() {
    return checks;
  }

  @DataBoundSetter
  public void setChecks(List<CheckSymbol> checks) {
    this.checks = checks == null || checks.isEmpty() ? null : new ArrayList<>(checks);
  }

  public Object getAt() {
    return at;
  }

  /**
   * @param at a word, a text as the gate file has it, or a map
   */
  @DataBoundSetter
  public void setAt(Object at) {
    this.at = Piece.text(at);
  }

  public Object getCohorts() {
    return cohorts;
  }

  @DataBoundSetter
  public void setCohorts(Object cohorts) {
    this.cohorts = Piece.text(cohorts);
  }

  public Object getDefaults() {
    return defaults;
  }

  @DataBoundSetter
  public void setDefaults(Object defaults) {
    this.defaults = Piece.text(defaults);
  }

  public Object getScore() {
    return score;
  }

  @DataBoundSetter
  public void setScore(Object score) {
    this.score = Piece.text(score);
  }

  public Object getTimeouts() {
    return timeouts;
  }

  @DataBoundSetter
  public void setTimeouts(Object timeouts) {
    this.timeouts = Piece.text(timeouts);
  }

  public Object getMarker() {
    return marker;
  }

  @DataBoundSetter
  public void setMarker(Object marker) {
    this.marker = Piece.text(marker);
  }

  public String getOnPass() {
    return onPass;
  }

  @DataBoundSetter
  public void setOnPass(String onPass) {
    this.onPass = text(onPass);
  }

  public String getOnWarn() {
    return onWarn;
  }

  @DataBoundSetter
  public void setOnWarn(String onWarn) {
    this.onWarn = text(onWarn);
  }

  public String getOnFail() {
    return onFail;
  }

  @DataBoundSetter
  public void setOnFail(String onFail) {
    this.onFail = text(onFail);
  }

  public String getOnInconclusive() {
    return onInconclusive;
  }

  @DataBoundSetter
  public void setOnInconclusive(String onInconclusive) {
    this.onInconclusive = text(onInconclusive);
  }

  public String getOnTimeout() {
    return onTimeout;
  }

  @DataBoundSetter
  public void setOnTimeout(String onTimeout) {
    this.onTimeout = text(onTimeout);
  }

  public String getOnCancel() {
    return onCancel;
  }

  @DataBoundSetter
  public void setOnCancel(String onCancel) {
    this.onCancel = text(onCancel);
  }

  public String getOnNotGated() {
    return onNotGated;
  }

  @DataBoundSetter
  public void setOnNotGated(String onNotGated) {
    this.onNotGated = text(onNotGated);
  }

  /** An empty field of a form says nothing. */
  private static String text(String given) {
    return given == null || given.isBlank() ? null : given;
  }

  /** What Pipeline and its forms know of the step. */
  @Extension
  public static final class DescriptorImpl extends StepDescriptor {
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
}
