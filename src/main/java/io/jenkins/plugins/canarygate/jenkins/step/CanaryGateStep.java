package io.jenkins.plugins.canarygate.jenkins.step;

import io.jenkins.plugins.canarygate.jenkins.gates.GateOrder;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import io.jenkins.plugins.canarygate.jenkins.symbol.CheckSymbol;
import io.jenkins.plugins.canarygate.jenkins.symbol.Piece;
import io.jenkins.plugins.canarygate.jenkins.symbol.RolloutSymbol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

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
}
