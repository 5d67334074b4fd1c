package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
  public static class DescriptorImpl extends CheckSymbolDescriptor {
    private static final String QUERY = "{calculations: [{op: COUNT}]}";

    @Override
    CheckSymbol sample() {
      return of("sample", QUERY, null);
    }

    private static CheckSymbol of(String dataset, String query, String result) {
      HoneycombQuery check = new HoneycombQuery("sample", text(dataset), text(query));
      check.setFail("> 1");
      check.setResult(result);
      return check;
    }

    @POST
    public FormValidation doCheckDataset(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> dataset(value));
    }

    static Optional<String> dataset(String value) {
      return FieldRules.fault(
          () -> of(value, QUERY, null).toTree(), value, "honeycomb.dataset", "honeycomb");
    }

    @POST
    public FormValidation doCheckQuery(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> query(value));
    }

    static Optional<String> query(String value) {
      if (text(value) == null) {
        return Optional.of(Messages.HoneycombQuery_query());
      }
      return FieldRules.fault(() -> of("sample", value, null).toTree(), value, "honeycomb.query");
    }

    @POST
    public FormValidation doCheckResult(
        @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String query) {
      return answer(item, () -> result(value, query));
    }

    /** What is wrong with the query itself is said there. */
    static Optional<String> result(String value, String query) {
      return query(query).isPresent()
          ? Optional.empty()
          : FieldRules.fault(() -> of("sample", query, value).toTree(), value + query, "honeycomb");
    }

    @Override
    public String getDisplayName() {
      return Messages.HoneycombQuery_displayName();
    }
  }
}
