package io.jenkins.plugins.canarygate.jenkins.step;

import io.jenkins.plugins.canarygate.jenkins.symbol.CheckSymbol;
import io.jenkins.plugins.canarygate.jenkins.symbol.Piece;
import io.jenkins.plugins.canarygate.jenkins.symbol.RolloutSymbol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The part of the step that says the gate itself, piece by piece, in place of a file. What is not
 * given is null.
 */
public abstract class GateInJenkinsfile extends Step {
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

  /** The names of the pieces that are given. */
  final List<String> pieces() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", name);
    all.put("rollout", rollout);
    all.put("checks", checks);
    all.put("at", at);
    all.put("cohorts", cohorts);
    all.put("defaults", defaults);
    all.put("score", score);
    all.put("timeouts", timeouts);
    all.put("marker", marker);
    all.put("onPass", onPass);
    all.put("onWarn", onWarn);
    all.put("onFail", onFail);
    all.put("onInconclusive", onInconclusive);
    all.put("onTimeout", onTimeout);
    all.put("onCancel", onCancel);
    all.put("onNotGated", onNotGated);
    return all.entrySet().stream()
        .filter(e -> e.getValue() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** An empty field of a form says nothing. */
  static String text(String given) {
    return given == null || given.isBlank() ? null : given;
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
}
