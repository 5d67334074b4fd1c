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
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
  public static class DescriptorImpl extends CheckSymbolDescriptor {
    @Override
    CheckSymbol sample() {
      return new HoneycombTrigger("sample", "sample", "sample");
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
          () -> new HoneycombTrigger("sample", text(dataset), text(id)).toTree(),
          dataset + id,
          "honeycomb.trigger." + field);
    }

    @Override
    public String getDisplayName() {
      return Messages.HoneycombTrigger_displayName();
    }
  }
}
