package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code honeycombSlo}: a check on an SLO. */
public class HoneycombSlo extends CheckSymbol {
  private final String dataset;
  private final String id;
  private String result;

  /**
   * @param id as the address of the SLO's page shows it
   */
  @DataBoundConstructor
  public HoneycombSlo(String name, String dataset, String id) {
    super(name);
    this.dataset = dataset;
    this.id = id;
  }

  @Override
  void source(Map<String, Object> tree) {
    Map<String, Object> slo = new LinkedHashMap<>();
    put(slo, "dataset", dataset);
    put(slo, "id", id);
    Map<String, Object> honeycomb = new LinkedHashMap<>();
    honeycomb.put("slo", slo);
    put(honeycomb, "result", result);
    tree.put("honeycomb", honeycomb);
  }

  public String getDataset() {
    return dataset;
  }

  public String getId() {
    return id;
  }

  public String getResult() {
    return result;
  }

  /**
   * @param result compliance, budget_remaining or burn_rate
   */
  @DataBoundSetter
  public void setResult(String result) {
    this.result = text(result);
  }

  /** Its form. */
  @Extension
  @Symbol("honeycombSlo")
  public static class DescriptorImpl extends CheckSymbolDescriptor {
    @Override
    CheckSymbol sample() {
      HoneycombSlo check = new HoneycombSlo("sample", "sample", "sample");
      check.setResult("budget_remaining");
      check.setFail("< 0");
      return check;
    }

    /** What of an SLO a criterion can be about. */
    @POST
    public ListBoxModel doFillResultItems() {
      ListBoxModel items = new ListBoxModel();
      items.add(Messages.HoneycombSlo_noResult(), "");
      for (String result : List.of("compliance", "budget_remaining", "burn_rate")) {
        items.add(result, result);
      }
      return items;
    }

    @POST
    public FormValidation doCheckDataset(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> reference(value, "sample", "dataset"));
    }

    @POST
    public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> reference("sample", value, "id"));
    }

    static Optional<String> reference(String dataset, String id, String field) {
      return FieldRules.fault(
          () -> new HoneycombSlo("sample", text(dataset), text(id)).toTree(),
          dataset + id,
          "honeycomb.slo." + field);
    }

    @Override
    public String getDisplayName() {
      return Messages.HoneycombSlo_displayName();
    }
  }
}
