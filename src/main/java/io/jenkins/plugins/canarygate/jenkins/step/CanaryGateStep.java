package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.canarygate.jenkins.gates.GateOrder;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The {@code canaryGate} step: a gate file, its text, or the gate as symbols; and how it is run
 * here. What is not given is null.
 */
public class CanaryGateStep extends GateInJenkinsfile {
  private String gate;
  private String gateText;
  private Map<String, Object> parameters;
  private String cluster;
  private String honeycomb;
  private String prometheus;
  private String credentialsId;
  private String honeycombCredentialsId;
  private boolean throwOnFailure = true;
  private boolean dryRun;
  private boolean archive;

  @DataBoundConstructor
  public CanaryGateStep() {}

  @Override
  public StepExecution start(StepContext context) throws Exception {
    return new CanaryGateExecution(context, this);
  }

  /**
   * What is asked beside the gate itself.
   *
   * @throws RefusedException if a parameter has no value that a gate file could take
   */
  GateOrder order() throws RefusedException {
    return new GateOrder(
        GateOrder.VERSION,
        Optional.ofNullable(gate),
        GivenParameters.texts(parameters),
        Optional.ofNullable(cluster),
        Optional.ofNullable(honeycomb),
        Optional.ofNullable(prometheus),
        Optional.ofNullable(credentialsId),
        Optional.ofNullable(honeycombCredentialsId),
        throwOnFailure,
        dryRun,
        archive);
  }

  /** How the gate is given. */
  GateGiven given() throws RefusedException {
    return GateGiven.of(gate, gateText, pieces(), new GateTree(this));
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

  public String getPrometheus() {
    return prometheus;
  }

  @DataBoundSetter
  public void setPrometheus(String prometheus) {
    this.prometheus = text(prometheus);
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

  /** What Pipeline and its forms know of the step. */
  @Extension
  public static final class DescriptorImpl extends StepForm {}
}
