package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code keptnMetric}: a check on a KeptnMetric. */
public class KeptnMetric extends CheckSymbol {
  private final String namespace;
  private final String metric;
  private String maxAge;
  private boolean zeroIsData;

  /**
   * @param metric the name of the KeptnMetric
   */
  @DataBoundConstructor
  public KeptnMetric(String name, String namespace, String metric) {
    super(name);
    this.namespace = namespace;
    this.metric = metric;
  }

  @Override
  void source(Map<String, Object> tree) {
    Map<String, Object> named = new LinkedHashMap<>();
    put(named, "namespace", namespace);
    put(named, "name", metric);
    Map<String, Object> keptn = new LinkedHashMap<>();
    keptn.put("metric", named);
    put(keptn, "maxAge", maxAge);
    put(keptn, "zeroIsData", zeroIsData ? true : null);
    tree.put("keptn", keptn);
  }

  public String getNamespace() {
    return namespace;
  }

  public String getMetric() {
    return metric;
  }

  public String getMaxAge() {
    return maxAge;
  }

  @DataBoundSetter
  public void setMaxAge(String maxAge) {
    this.maxAge = text(maxAge);
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
  @Symbol("keptnMetric")
  public static class DescriptorImpl extends CheckSymbolDescriptor {
    @Override
    CheckSymbol sample() {
      return of("sample", "sample", null);
    }

    private static CheckSymbol of(String namespace, String metric, String maxAge) {
      KeptnMetric check = new KeptnMetric("sample", text(namespace), text(metric));
      check.setMaxAge(maxAge);
      check.setFail("> 1");
      return check;
    }

    @POST
    public FormValidation doCheckNamespace(
        @AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> metric(value, "sample", "namespace"));
    }

    @POST
    public FormValidation doCheckMetric(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> metric("sample", value, "name"));
    }

    static Optional<String> metric(String namespace, String metric, String field) {
      return FieldRules.fault(
          () -> of(namespace, metric, null).toTree(), namespace + metric, "keptn.metric." + field);
    }

    @POST
    public FormValidation doCheckMaxAge(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> maxAge(value));
    }

    static Optional<String> maxAge(String value) {
      return FieldRules.fault(() -> of("sample", "sample", value).toTree(), value, "keptn.maxAge");
    }

    @Override
    public String getDisplayName() {
      return Messages.KeptnMetric_displayName();
    }
  }
}
