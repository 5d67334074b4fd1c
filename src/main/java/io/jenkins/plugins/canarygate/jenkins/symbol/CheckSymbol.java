package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.model.Describable;
import io.jenkins.plugins.canarygate.gatefile.Fragment;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** One check of a gate, as a symbol in a Jenkinsfile. What is not given is null. */
public abstract class CheckSymbol implements Describable<CheckSymbol> {
  private final String name;
  private String fail;
  private String warn;
  private String pass;
  private String window;
  private String initialDelay;
  private String interval;
  private Integer count;
  private Integer failureLimit;
  private Integer inconclusiveLimit;
  private Integer consecutiveErrorLimit;
  private String minimumSamples;
  private Double weight;
  private boolean key;
  private boolean optional;
  private boolean dryRun;

  protected CheckSymbol(String name) {
    this.name = name;
  }

  /**
   * The check as a gate file has it.
   *
   * @throws GateFileException if a piece that was given as text is none
   */
  public final Map<String, Object> toTree() throws GateFileException {
    Map<String, Object> tree = new LinkedHashMap<>();
    put(tree, "name", name);
    source(tree);
    put(tree, "fail", criteria("fail", fail));
    put(tree, "warn", criteria("warn", warn));
    put(tree, "pass", criteria("pass", pass));
    put(tree, "window", window);
    put(tree, "initialDelay", initialDelay);
    put(tree, "interval", interval);
    put(tree, "count", count);
    put(tree, "failureLimit", failureLimit);
    put(tree, "inconclusiveLimit", inconclusiveLimit);
    put(tree, "consecutiveErrorLimit", consecutiveErrorLimit);
    put(
        tree,
        "minimumSamples",
        minimumSamples == null ? null : piece("minimumSamples", minimumSamples));
    put(tree, "weight", weight);
    put(tree, "key", key ? true : null);
    put(tree, "optional", optional ? true : null);
    put(tree, "dryRun", dryRun ? true : null);
    return tree;
  }

  /** Puts in the section of its source. */
  abstract void source(Map<String, Object> tree) throws GateFileException;

  static void put(Map<String, Object> tree, String field, Object value) {
    if (value != null) {
      tree.put(field, value);
    }
  }

  Object piece(String field, String text) throws GateFileException {
    return Fragment.read(text, "check '" + name + "', " + field);
  }

  /** A criterion stands for itself; YAML would read its {@code >} as something else. */
  private Object criteria(String field, String text) throws GateFileException {
    String start = text == null ? "" : text.strip();
    return start.startsWith("[") || start.startsWith("{") ? piece(field, text) : text;
  }

  static String text(String given) {
    return given == null || given.isBlank() ? null : given;
  }

  public String getName() {
    return name;
  }

  public String getFail() {
    return fail;
  }

  @DataBoundSetter
  public void setFail(String fail) {
    this.fail = text(fail);
  }

  public String getWarn() {
    return warn;
  }

  @DataBoundSetter
  public void setWarn(String warn) {
    this.warn = text(warn);
  }

  public String getPass() {
    return pass;
  }

  @DataBoundSetter
  public void setPass(String pass) {
    this.pass = text(pass);
  }

  public String getWindow() {
    return window;
  }

  @DataBoundSetter
  public void setWindow(String window) {
    this.window = text(window);
  }

  public String getInitialDelay() {
    return initialDelay;
  }

  @DataBoundSetter
  public void setInitialDelay(String initialDelay) {
    this.initialDelay = text(initialDelay);
  }

  public String getInterval() {
    return interval;
  }

  @DataBoundSetter
  public void setInterval(String interval) {
    this.interval = text(interval);
  }

  public Integer getCount() {
    return count;
  }

  @DataBoundSetter
  public void setCount(Integer count) {
    this.count = count;
  }

  public Integer getFailureLimit() {
    return failureLimit;
  }

  @DataBoundSetter
  public void setFailureLimit(Integer failureLimit) {
    this.failureLimit = failureLimit;
  }

  public Integer getInconclusiveLimit() {
    return inconclusiveLimit;
  }

  @DataBoundSetter
  public void setInconclusiveLimit(Integer inconclusiveLimit) {
    this.inconclusiveLimit = inconclusiveLimit;
  }

  public Integer getConsecutiveErrorLimit() {
    return consecutiveErrorLimit;
  }

  @DataBoundSetter
  public void setConsecutiveErrorLimit(Integer consecutiveErrorLimit) {
    this.consecutiveErrorLimit = consecutiveErrorLimit;
  }

  public Object getMinimumSamples() {
    return minimumSamples;
  }

  /**
   * @param minimumSamples a number, or {@code {stored: N}} as a map or as text
   */
  @DataBoundSetter
  public void setMinimumSamples(Object minimumSamples) {
    this.minimumSamples = Piece.text(minimumSamples);
  }

  public Double getWeight() {
    return weight;
  }

  @DataBoundSetter
  public void setWeight(Double weight) {
    this.weight = weight;
  }

  public boolean isKey() {
    return key;
  }

  @DataBoundSetter
  public void setKey(boolean key) {
    this.key = key;
  }

  public boolean isOptional() {
    return optional;
  }

  @DataBoundSetter
  public void setOptional(boolean optional) {
    this.optional = optional;
  }

  public boolean isDryRun() {
    return dryRun;
  }

  @DataBoundSetter
  public void setDryRun(boolean dryRun) {
    this.dryRun = dryRun;
  }
}
