package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;
import java.util.ArrayList;
import java.util.List;

/** Describes a Rollout that is to be created. */
public final class RolloutBuilder {
  private final SandboxCluster cluster;
  private final String namespace;
  private final String name;
  private final ObjectNode object;
  private String container = "app";
  private String image = "registry.example/app:1";
  private boolean workloadRef;

  RolloutBuilder(SandboxCluster cluster, String namespace, String name) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.name = name;
    this.object = Json.of("{'metadata':{},'spec':{'replicas':5,'strategy':{}}}");
    spec().withObject("/selector/matchLabels").put("app", name);
  }

  private ObjectNode spec() {
    return (ObjectNode) object.path("spec");
  }

  private ObjectNode strategy(String kind) {
    return spec().withObject("/strategy/" + kind);
  }

  /** A canary that shifts traffic by the number of its pods. */
  public RolloutBuilder canary() {
    strategy("canary").put("maxSurge", "100%").put("maxUnavailable", 0);
    return this;
  }

  /** A canary whose traffic a mesh or an ingress shifts. */
  public RolloutBuilder routedCanary() {
    ObjectNode canary = strategy("canary");
    canary.put("canaryService", name + "-canary").put("stableService", name + "-stable");
    canary.withObject("/trafficRouting/nginx").put("stableIngress", name + "-ingress");
    return this;
  }

  /** Blue/green that waits for a promotion. */
  public RolloutBuilder blueGreen() {
    strategy("blueGreen")
        .put("activeService", name + "-active")
        .put("previewService", name + "-preview")
        .put("autoPromotionEnabled", false);
    return this;
  }

  public RolloutBuilder steps(Step... steps) {
    ArrayNode list = strategy("canary").putArray("steps");
    for (Step step : steps) {
      list.add(step.json());
    }
    return this;
  }

  public RolloutBuilder replicas(int number) {
    spec().put("replicas", number);
    return this;
  }

  public RolloutBuilder image(String image) {
    this.image = image;
    return this;
  }

  public RolloutBuilder image(String container, String image) {
    this.container = container;
    return image(image);
  }

  /** The pod template stands in a Deployment of the same name. */
  public RolloutBuilder workloadRef() {
    workloadRef = true;
    return this;
  }

  /** Whatever else the spec shall have: a merge patch, single quotes do for double ones. */
  public RolloutBuilder with(String specPatch) {
    JsonNode merged = Patches.merge(spec(), Json.of(specPatch));
    object.set("spec", merged);
    return this;
  }

  /** Creates it, with the services it names, and lets the controller bring it up. */
  public SandboxRollout create() {
    ObjectNode template = Json.object();
    template.withObject("/metadata/labels").put("app", name);
    ObjectNode one = template.putObject("spec").putArray("containers").addObject();
    one.put("name", container).put("image", image);
    one.putArray("ports").addObject().put("containerPort", 8080).put("protocol", "TCP");
    for (String service : services()) {
      cluster.createService(namespace, service, name);
    }
    if (workloadRef) {
      ObjectNode deployment = Json.of("{'metadata':{},'spec':{'replicas':0}}");
      ((ObjectNode) deployment.path("spec")).set("selector", spec().remove("selector"));
      ((ObjectNode) deployment.path("spec")).set("template", template);
      cluster.createDeployment(namespace, name, deployment);
      spec().withObject("/workloadRef").put("apiVersion", "apps/v1").put("kind", "Deployment");
      spec().withObject("/workloadRef").put("name", name);
    } else {
      spec().set("template", template);
    }
    return cluster.createRollout(namespace, name, container, object);
  }

  private List<String> services() {
    List<String> services = new ArrayList<>();
    for (JsonNode kind : spec().path("strategy")) {
      for (String field :
          List.of("activeService", "previewService", "canaryService", "stableService")) {
        if (kind.has(field)) {
          services.add(kind.path(field).asText());
        }
      }
    }
    return services;
  }
}
