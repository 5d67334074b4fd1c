package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code honeycombQuery}: a check on a query. */
public class HoneycombQuery extends CheckSymbol {
  private final String dataset;
  private final String query;
  private String result;

  /**
   * @param query Honeycomb's own query specification: JSON or YAML text, or a map
   */
  @DataBoundConstructor
  public HoneycombQuery(String name, String dataset, Object query) {
    super(name);
    this.dataset = dataset;
    this.query = Piece.text(query);
  }

  @Override
  void source(Map<String, Object> tree) throws GateFileException {
    Map<String, Object> honeycomb = new LinkedHashMap<>();
    put(honeycomb, "dataset", dataset);
    put(honeycomb, "query", query == null ? null : piece("query", query));
    put(honeycomb, "result", result);
    tree.put("honeycomb", honeycomb);
  }

  public String getDataset() {
    return dataset;
  }

  public Object getQuery() {
    return query;
  }

  public String getResult() {
    return result;
  }

  @DataBoundSetter
  public void setResult(String result) {
    this.result = text(result);
  }

  /** Its form. */
  @Extension
  @Symbol("honeycombQuery")
  public static class DescriptorImpl extends SymbolDescriptor<CheckSymbol> {
    @Override
    public String getDisplayName() {
      return Messages.HoneycombQuery_displayName();
    }
  }
}
