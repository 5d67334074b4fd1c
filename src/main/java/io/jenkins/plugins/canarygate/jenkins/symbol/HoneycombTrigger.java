package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code honeycombTrigger}: a check on a trigger. */
public class HoneycombTrigger extends CheckSymbol {
  private final String dataset;
  private final String id;

  /**
   * @param id as the address of the trigger's page shows it
   */
  @DataBoundConstructor
  public HoneycombTrigger(String name, String dataset, String id) {
    super(name);
    this.dataset = dataset;
    this.id = id;
  }

  @Override
  void source(Map<String, Object> tree) {
    Map<String, Object> trigger = new LinkedHashMap<>();
    put(trigger, "dataset", dataset);
    put(trigger, "id", id);
    tree.put("honeycomb", Map.of("trigger", trigger));
  }

  public String getDataset() {
    return dataset;
  }

  public String getId() {
    return id;
  }

  /** Its form. */
  @Extension
  @Symbol("honeycombTrigger")
  public static class DescriptorImpl extends SymbolDescriptor<CheckSymbol> {
    @Override
    public String getDisplayName() {
      return Messages.HoneycombTrigger_displayName();
    }
  }
}
