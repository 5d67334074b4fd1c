package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.util.List;
import java.util.function.UnaryOperator;

/** Keptn's objects in a cluster, in the namespace {@code shop}. */
public final class SandboxKeptn {
  private static final String NAMESPACE = "shop";

  private final SandboxCluster cluster;
  private final String version;

  SandboxKeptn(SandboxCluster cluster, String version) {
    this.cluster = cluster;
    this.version = version;
  }

  /** A kind of Keptn's by its plural. */
  public Resource kind(String plural) {
    return Resource.keptn(version).stream()
        .filter(resource -> resource.plural().equals(plural))
        .findFirst()
        .orElseThrow();
  }

  public SandboxKeptn provider(String name, String type) {
    ObjectNode spec = Json.of("{'targetServer':'http://data.example:9090'}");
    return create("keptnmetricsproviders", name, spec.put("type", type));
  }

  public SandboxKeptn template(String name, String provider, String query) {
    ObjectNode spec = Json.object().put("query", query);
    spec.putObject("provider").put("name", provider);
    return create("analysisvaluetemplates", name, spec);
  }

  /**
   * A definition.
   *
   * @param objectives each as JSON, {@code 'analysisValueTemplateRef':{'name':'x'},'target':{…}}
   */
  public SandboxKeptn definition(String name, int pass, int warn, String... objectives) {
    ObjectNode spec = Json.of("{'objectives':[{" + String.join("},{", objectives) + "}]}");
    for (var objective : spec.path("objectives")) {
      if (!objective.has("weight")) {
        // The definition of the kind fills it in.
        ((ObjectNode) objective).put("weight", 1);
      }
    }
    spec.putObject("totalScore").put("passPercentage", pass).put("warningPercentage", warn);
    return create("analysisdefinitions", name, spec);
  }

  /** An objective: fails above {@code fail}, warns above {@code warn}. */
  public static String objective(String template, String fail, String warn) {
    return "'analysisValueTemplateRef':{'name':'"
        + template
        + "'},'target':{'failure':{'greaterThan':{'fixedValue':'"
        + fail
        + "'}},'warning':{'greaterThan':{'fixedValue':'"
        + warn
        + "'}}}";
  }

  public SandboxKeptn metric(String name, String provider, String query, int fetchSeconds) {
    return metric(name, provider, query, fetchSeconds, "{}");
  }

  /**
   * @param range as JSON
   */
  public SandboxKeptn metric(
      String name, String provider, String query, int fetchSeconds, String range) {
    ObjectNode spec = Json.object().put("query", query).put("fetchIntervalSeconds", fetchSeconds);
    spec.putObject("provider").put("name", provider);
    ObjectNode given = Json.of(range);
    if (!given.isEmpty()) {
      spec.set("range", given);
    }
    return create("keptnmetrics", name, spec);
  }

  /** An Analysis that somebody else makes. */
  public SandboxKeptn analysis(String name, String spec) {
    return create("analyses", name, Json.of(spec));
  }

  private SandboxKeptn create(String plural, String name, ObjectNode spec) {
    ObjectNode object = Json.object();
    object.set("spec", spec);
    cluster.create(key(plural, name), object);
    return this;
  }

  private ObjectKey key(String plural, String name) {
    return new ObjectKey(kind(plural), NAMESPACE, name);
  }

  public SandboxKeptn delete(String plural, String name) {
    cluster.delete(key(plural, name));
    return this;
  }

  /** Writes a status, as somebody's hand would. */
  public SandboxKeptn status(String plural, String name, UnaryOperator<ObjectNode> edit) {
    cluster.change(
        key(plural, name),
        ObjectStore.Part.STATUS,
        live -> {
          live.set("status", edit.apply(live.withObject("/status")));
          return live;
        });
    return this;
  }

  /** The Analyses that are there. */
  public List<ObjectNode> analyses() {
    return cluster.store().all(kind("analyses")).stream().map(Stored::tree).toList();
  }
}
