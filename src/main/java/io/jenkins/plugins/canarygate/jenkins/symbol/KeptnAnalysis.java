package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code keptnAnalysis}: a check by a Keptn Analysis, one that is created or one that exists. */
public class KeptnAnalysis extends CheckSymbol {
  private final String namespace;
  private String definition;
  private String definitionNamespace;
  private String analysis;
  private String recent;
  private String args;
  private String timeout;
  private boolean keep;
  private boolean zeroIsData;

  /**
   * @param namespace where the Analysis is, or is created
   */
  @DataBoundConstructor
  public KeptnAnalysis(String name, String namespace) {
    super(name);
    this.namespace = namespace;
  }

  @Override
  void source(Map<String, Object> tree) throws GateFileException {
    Map<String, Object> asked = new LinkedHashMap<>();
    put(asked, "namespace", namespace);
    put(asked, "name", analysis);
    put(asked, "definition", definition);
    put(asked, "definitionNamespace", definitionNamespace);
    put(asked, "recent", recent);
    put(asked, "args", args == null ? null : piece("args", args));
    Map<String, Object> keptn = new LinkedHashMap<>();
    keptn.put("analysis", asked);
    put(keptn, "timeout", timeout);
    put(keptn, "keep", keep ? true : null);
    put(keptn, "zeroIsData", zeroIsData ? true : null);
    tree.put("keptn", keptn);
  }

  public String getNamespace() {
    return namespace;
  }

  public String getDefinition() {
    return definition;
  }

  /**
   * @param definition the AnalysisDefinition of the Analysis to create
   */
  @DataBoundSetter
  public void setDefinition(String definition) {
    this.definition = text(definition);
  }

  public String getDefinitionNamespace() {
    return definitionNamespace;
  }

  @DataBoundSetter
  public void setDefinitionNamespace(String definitionNamespace) {
    this.definitionNamespace = text(definitionNamespace);
  }

  public String getAnalysis() {
    return analysis;
  }

  /**
   * @param analysis the name of an Analysis that exists
   */
  @DataBoundSetter
  public void setAnalysis(String analysis) {
    this.analysis = text(analysis);
  }

  public String getRecent() {
    return recent;
  }

  @DataBoundSetter
  public void setRecent(String recent) {
    this.recent = text(recent);
  }

  public Object getArgs() {
    return args;
  }

  /**
   * @param args values for the templates' placeholders, as a map or as YAML text
   */
  @DataBoundSetter
  public void setArgs(Object args) {
    this.args = Piece.text(args);
  }

  public String getTimeout() {
    return timeout;
  }

  @DataBoundSetter
  public void setTimeout(String timeout) {
    this.timeout = text(timeout);
  }

  public boolean isKeep() {
    return keep;
  }

  @DataBoundSetter
  public void setKeep(boolean keep) {
    this.keep = keep;
  }

  public boolean isZeroIsData() {
    return zeroIsData;
  }

  /**
   * @param zeroIsData whether a 0 from Datadog or Dynatrace is a value
   */
  @DataBoundSetter
  public void setZeroIsData(boolean zeroIsData) {
    this.zeroIsData = zeroIsData;
  }

  /** Its form. */
  @Extension
  @Symbol("keptnAnalysis")
  public static class DescriptorImpl extends CheckSymbolDescriptor {
    @Override
    KeptnAnalysis sample() {
      KeptnAnalysis check = new KeptnAnalysis("sample", "sample");
      check.setDefinition("sample");
      return check;
    }

    /** What is wrong with one field where an Analysis is created. */
    Optional<String> created(String value, Consumer<KeptnAnalysis> with, String field) {
      return FieldRules.fault(
          () -> {
            KeptnAnalysis check = sample();
            with.accept(check);
            return check.toTree();
          },
          value,
          field);
    }

    @POST
    public FormValidation doCheckNamespace(
        @AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> namespace(value));
    }

    static Optional<String> namespace(String value) {
      return FieldRules.fault(
          () -> {
            KeptnAnalysis check = new KeptnAnalysis("sample", text(value));
            check.setDefinition("sample");
            return check.toTree();
          },
          value,
          "keptn.analysis.namespace");
    }

    @POST
    public FormValidation doCheckDefinition(
        @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String analysis) {
      return answer(item, () -> which(value, analysis));
    }

    /** One of the two, and a name that an object can have. */
    static Optional<String> which(String definition, String analysis) {
      if ((text(definition) == null) == (text(analysis) == null)) {
        return Optional.of(Messages.KeptnAnalysis_which());
      }
      return FieldRules.fault(
          () -> {
            KeptnAnalysis check = new KeptnAnalysis("sample", "sample");
            check.setDefinition(definition);
            check.setAnalysis(analysis);
            return check.toTree();
          },
          definition + analysis,
          "keptn.analysis");
    }

    @POST
    public FormValidation doCheckDefinitionNamespace(
        @AncestorInPath Item item, @QueryParameter String value) {
      return answer(
          item,
          () ->
              created(
                  value,
                  check -> check.setDefinitionNamespace(value),
                  "keptn.analysis.definitionNamespace"));
    }

    @POST
    public FormValidation doCheckRecent(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(
          item, () -> created(value, check -> check.setRecent(value), "keptn.analysis.recent"));
    }

    @POST
    public FormValidation doCheckArgs(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(
          item, () -> created(value, check -> check.setArgs(value), "keptn.analysis.args"));
    }

    @POST
    public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> created(value, check -> check.setTimeout(value), "keptn.timeout"));
    }

    @Override
    public String getDisplayName() {
      return Messages.KeptnAnalysis_displayName();
    }
  }
}
