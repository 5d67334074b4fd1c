package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
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

/** {@code prometheusQuery}: a check on an expression of PromQL. */
public class PrometheusQuery extends CheckSymbol {
  private final String query;
  private String samples;
  private String reduce;
  private String fresh;

  /**
   * @param query an expression of PromQL
   */
  @DataBoundConstructor
  public PrometheusQuery(String name, String query) {
    super(name);
    this.query = query;
  }

  @Override
  void source(Map<String, Object> tree) throws GateFileException {
    Map<String, Object> prometheus = new LinkedHashMap<>();
    put(prometheus, "query", query);
    put(prometheus, "samples", samples);
    put(prometheus, "reduce", reduce);
    put(prometheus, "fresh", fresh == null ? null : piece("fresh", fresh));
    tree.put("prometheus", prometheus);
  }

  public String getQuery() {
    return query;
  }

  public String getSamples() {
    return samples;
  }

  /**
   * @param samples an expression that counts what is behind the value
   */
  @DataBoundSetter
  public void setSamples(String samples) {
    this.samples = text(samples);
  }

  public String getReduce() {
    return reduce;
  }

  /**
   * @param reduce what is made of several series: sum, max, min, avg or count
   */
  @DataBoundSetter
  public void setReduce(String reduce) {
    this.reduce = text(reduce);
  }

  public Object getFresh() {
    return fresh;
  }

  /**
   * @param fresh {@code {selector: …, maxAge: …}}, as a map or as YAML text
   */
  @DataBoundSetter
  public void setFresh(Object fresh) {
    this.fresh = Piece.text(fresh);
  }

  /** Its form. */
  @Extension
  @Symbol("prometheusQuery")
  public static class DescriptorImpl extends CheckSymbolDescriptor {
    private static final String QUERY = "up";

    @Override
    CheckSymbol sample() {
      return of(QUERY, QUERY, null, null);
    }

    private static CheckSymbol of(String query, String samples, String reduce, String fresh) {
      PrometheusQuery check = new PrometheusQuery("sample", text(query));
      check.setSamples(samples);
      check.setReduce(reduce);
      check.setFresh(fresh);
      check.setFail("> 1");
      return check;
    }

    @POST
    public FormValidation doCheckQuery(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> query(value));
    }

    static Optional<String> query(String value) {
      return FieldRules.fault(
          () -> of(value, null, null, null).toTree(), value, "prometheus.query", "prometheus");
    }

    @POST
    public FormValidation doCheckSamples(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(
          item,
          () ->
              FieldRules.fault(
                  () -> of(QUERY, value, null, null).toTree(), value, "prometheus.samples"));
    }

    @POST
    public FormValidation doCheckFresh(@AncestorInPath Item item, @QueryParameter String value) {
      return answer(item, () -> fresh(value));
    }

    static Optional<String> fresh(String value) {
      return FieldRules.fault(
          () -> of(QUERY, null, null, value).toTree(), value, "prometheus.fresh");
    }

    /** What can be made of several series. */
    @POST
    public ListBoxModel doFillReduceItems(@AncestorInPath Item item) {
      ListBoxModel items = new ListBoxModel();
      if (!Forms.mayConfigure(item)) {
        return items;
      }
      items.add(Messages.PrometheusQuery_noReduce(), "");
      for (String word : List.of("sum", "max", "min", "avg", "count")) {
        items.add(word, word);
      }
      return items;
    }

    @Override
    public String getDisplayName() {
      return Messages.PrometheusQuery_displayName();
    }
  }
}
