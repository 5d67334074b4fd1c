package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Describes a Canary of Flagger, and the workload it is for, that are to be created. */
public final class CanaryBuilder {
  private final SandboxCluster cluster;
  private final String namespace;
  private final String name;
  private final ObjectNode object;
  private final Map<String, ObjectNode> configMaps = new LinkedHashMap<>();
  private Resource workload = Resource.DEPLOYMENTS;
  private int replicas = 2;
  private String image = "registry.example/app:1";

  CanaryBuilder(SandboxCluster cluster, String namespace, String name) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.name = name;
    this.object =
        Json.of(
            "{'metadata':{},'spec':{'provider':'istio','targetRef':{'apiVersion':'apps/v1'},"
                + "'service':{'port':80},'analysis':{'interval':'10s','threshold':2}}}");
  }

  private ObjectNode spec() {
    return (ObjectNode) object.path("spec");
  }

  private ObjectNode analysis() {
    return spec().withObject("/analysis");
  }

  /** A mesh shifts the traffic, by so much at each interval up to a maximum. */
  public CanaryBuilder weighted(int step, int maximum) {
    analysis().put("stepWeight", step).put("maxWeight", maximum);
    return this;
  }

  /** A mesh shifts the traffic, to these weights one after the other. */
  public CanaryBuilder stepWeights(int... weights) {
    ArrayNode list = analysis().putArray("stepWeights");
    for (int weight : weights) {
      list.add(weight);
    }
    return this;
  }

  /** A mesh sends those with a certain header to the canary, for so many intervals. */
  public CanaryBuilder abTesting(int iterations) {
    analysis().put("iterations", iterations);
    analysis().putArray("match").add(Json.of("{'headers':{'x-canary':{'exact':'insider'}}}"));
    return this;
  }

  /** The canary is looked at for so many intervals before all traffic goes to it at once. */
  public CanaryBuilder blueGreen(int iterations) {
    analysis().put("iterations", iterations);
    return this;
  }

  /** What routes the traffic: {@code istio} unless told otherwise; {@code kubernetes} cannot. */
  public CanaryBuilder provider(String provider) {
    spec().put("provider", provider);
    return this;
  }

  /** How often Flagger looks, as {@code 30s}; it looks no more often than every ten seconds. */
  public CanaryBuilder interval(String interval) {
    analysis().put("interval", interval);
    return this;
  }

  /** So many failed checks roll back. */
  public CanaryBuilder threshold(int failedChecks) {
    analysis().put("threshold", failedChecks);
    return this;
  }

  public CanaryBuilder replicas(int number) {
    replicas = number;
    return this;
  }

  public CanaryBuilder image(String image) {
    this.image = image;
    return this;
  }

  /** The workload is a DaemonSet. */
  public CanaryBuilder daemonSet() {
    workload = Resource.DAEMON_SETS;
    return this;
  }

  /** A ConfigMap that the pods take their environment from, and Flagger therefore tracks. */
  public CanaryBuilder configMap(String configMap, String key, String value) {
    configMaps.computeIfAbsent(configMap, n -> Json.object()).put(key, value);
    return this;
  }

  /**
   * A webhook.
   *
   * @param type as {@code confirm-promotion}
   */
  public CanaryBuilder hook(String type, String url) {
    return hook(type, url, "{}");
  }

  /** A webhook with further fields: a merge patch, single quotes do for double ones. */
  public CanaryBuilder hook(String type, String url, String patch) {
    ArrayNode hooks = analysis().withArray("/webhooks");
    ObjectNode hook = Json.object().put("name", type + "-" + hooks.size());
    hook.put("type", type).put("url", url);
    hooks.add(Patches.merge(hook, Json.of(patch)));
    return this;
  }

  /**
   * The hooks that ask the gate server.
   *
   * @param url of its port for Flagger
   */
  public CanaryBuilder gatedBy(String url) {
    for (String type :
        new String[] {
          "confirm-rollout", "confirm-traffic-increase", "confirm-promotion", "rollback"
        }) {
      hook(type, url + "/" + type, "{'retries':2,'timeout':'5s'}");
    }
    return this;
  }

  /** Whatever else the spec shall have: a merge patch, single quotes do for double ones. */
  public CanaryBuilder with(String specPatch) {
    object.set("spec", Patches.merge(spec(), Json.of(specPatch)));
    return this;
  }

  /** Creates the workload and then the Canary, which Flagger begins to initialise. */
  public SandboxCanary create() {
    cluster.ensureNamespace(namespace);
    configMaps.forEach(
        (configMap, data) -> {
          ObjectNode map = Json.object();
          map.set("data", data);
          cluster.create(new ObjectKey(Resource.CONFIG_MAPS, namespace, configMap), map);
        });
    cluster.create(new ObjectKey(workload, namespace, name), workload());
    spec().withObject("/targetRef").put("kind", workload.kind()).put("name", name);
    ObjectKey key = new ObjectKey(Resource.CANARIES, namespace, name);
    cluster.create(key, object);
    return new SandboxCanary(cluster, key);
  }

  private ObjectNode workload() {
    ObjectNode object = Json.object();
    ObjectNode spec = object.putObject("spec");
    if (workload.equals(Resource.DEPLOYMENTS)) {
      spec.put("replicas", replicas);
    }
    spec.withObject("/selector/matchLabels").put("app", name);
    spec.set("template", template());
    return object;
  }

  private JsonNode template() {
    ObjectNode template = Json.object();
    template.withObject("/metadata/labels").put("app", name);
    ObjectNode one = template.putObject("spec").putArray("containers").addObject();
    one.put("name", "app").put("image", image);
    one.putArray("ports").addObject().put("containerPort", 8080).put("protocol", "TCP");
    for (String configMap : configMaps.keySet()) {
      one.withArray("/envFrom").addObject().putObject("configMapRef").put("name", configMap);
    }
    return template;
  }
}
