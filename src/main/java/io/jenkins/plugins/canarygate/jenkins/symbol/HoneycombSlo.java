package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

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
  public static class DescriptorImpl extends SymbolDescriptor<CheckSymbol> {
    @Override
    public String getDisplayName() {
      return Messages.HoneycombSlo_displayName();
    }
  }
}
