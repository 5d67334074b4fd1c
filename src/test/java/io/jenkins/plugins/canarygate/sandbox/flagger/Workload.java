package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Hashes;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

/**
 * A target and its primary ({@code canary/deployment_*.go}, {@code daemonset_*.go}). Everything is
 * read anew each time, as Flagger does.
 */
abstract class Workload {
  private static final Set<String> LABELS = Set.of("app", "name", "app.kubernetes.io/name");

  final ObjectStore store;
  final InstantSource clock;
  final Configs configs;
  private final Resource resource;

  Workload(ObjectStore store, InstantSource clock, Resource resource) {
    this.store = store;
    this.clock = clock;
    this.configs = new Configs(store);
    this.resource = resource;
  }

  static Workload of(CanaryView canary, ObjectStore store, InstantSource clock) {
    return switch (canary.targetKind()) {
      case "Deployment" -> new DeploymentWorkload(store, clock);
      case "DaemonSet" -> new DaemonSetWorkload(store, clock);
      default -> throw new Halt("the sandbox has no targets of kind " + canary.targetKind());
    };
  }

  static ObjectKey targetKey(CanaryView canary) {
    boolean daemon = canary.targetKind().equals("DaemonSet");
    Resource kind = daemon ? Resource.DAEMON_SETS : Resource.DEPLOYMENTS;
    return new ObjectKey(kind, canary.namespace(), canary.target());
  }

  static ObjectKey primaryKey(CanaryView canary) {
    return targetKey(canary).named(canary.target() + "-primary");
  }

  static void ownedBy(CanaryView canary, ObjectNode object) {
    object
        .withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "flagger.app/v1beta1")
        .put("kind", "Canary")
        .put("name", canary.name())
        .put("uid", canary.object().at("/metadata/uid").asText())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }

  /** The template that is hashed; a copy. */
  abstract ObjectNode hashed(ObjectNode template);

  /** Throws why the workload is not ready. */
  abstract void demandReady(CanaryView canary, ObjectNode workload, int threshold);

  abstract void scaleToZero(CanaryView canary);

  abstract void scaleFromZero(CanaryView canary);

  /** The fields of the spec, beside the template, that a promotion copies. */
  abstract Set<String> promotedFields(CanaryView canary);

  /** How many pods the primary gets when it is made. */
  abstract void firstPods(ObjectNode primarySpec);

  /** Gives the target back its pods when the Canary is deleted. */
  abstract void giveBack(CanaryView canary);

  final ObjectNode read(ObjectKey key) {
    return store
        .find(key)
        .map(Stored::tree)
        .orElseThrow(
            () ->
                new Halt(
                    "%s %s.%s get query error: not found"
                        .formatted(resource.singular(), key.name(), key.namespace())));
  }

  final void edit(ObjectKey key, java.util.function.UnaryOperator<ObjectNode> change) {
    read(key);
    store.change(key, ObjectStore.Part.WHOLE, change);
  }

  final ObjectNode target(CanaryView canary) {
    return read(targetKey(canary));
  }

  final ObjectNode template(CanaryView canary) {
    return target(canary).withObject("/spec/template");
  }

  /** What status.lastAppliedSpec would be of the target as it is now. */
  final String applied(CanaryView canary) {
    return Hashes.of(hashed(template(canary)));
  }

  final ObjectNode tracked(CanaryView canary) {
    return configs.of(canary.namespace(), template(canary));
  }

  /** Something else than was applied last, unless it is what was promoted last. */
  final boolean hasChanged(CanaryView canary) {
    if (canary.lastApplied().isEmpty()) {
      return true;
    }
    String now = applied(canary);
    return !canary.lastPromoted().equals(now) && !canary.lastApplied().equals(now);
  }

  final boolean hasOtherConfigs(CanaryView canary) {
    JsonNode now = tracked(canary);
    JsonNode before = canary.trackedConfigs();
    return before.isMissingNode() ? !now.isEmpty() : !Json.same(now, before);
  }

  /** Makes the primary, where there is none, and waits for it. */
  final void initialize(CanaryView canary) {
    ObjectNode target = target(canary);
    String label = selectorLabel(target);
    ObjectKey primary = primaryKey(canary);
    if (store.find(primary).isEmpty()) {
      ObjectNode object = Json.object();
      ObjectNode spec = object.putObject("spec");
      spec.setAll((ObjectNode) target.path("spec").deepCopy());
      firstPods(spec);
      String value = target.at("/spec/selector/matchLabels/" + escaped(label)).asText();
      spec.putObject("selector").putObject("matchLabels").put(label, value + "-primary");
      spec.set("template", promoted(canary, target, label));
      object.withObject("/metadata/labels").put(label, value + "-primary");
      ownedBy(canary, object);
      store.create(primary, object);
    }
    if (canary.isNew() && !canary.skipsAnalysis()) {
      demandPrimaryReady(canary);
    }
  }

  final void demandPrimaryReady(CanaryView canary) {
    ObjectNode primary = read(primaryKey(canary));
    demandReady(canary, primary, canary.primaryReadyThreshold());
  }

  final void demandCanaryReady(CanaryView canary) {
    demandReady(canary, target(canary), canary.canaryReadyThreshold());
  }

  /** Copies to the primary whatever the target holds at this moment. */
  final void promote(CanaryView canary) {
    ObjectNode target = target(canary);
    String label = selectorLabel(target);
    ObjectNode template = promoted(canary, target, label);
    edit(
        primaryKey(canary),
        live -> {
          ObjectNode spec = live.withObject("/spec");
          for (String field : promotedFields(canary)) {
            if (target.path("spec").has(field)) {
              spec.set(field, target.path("spec").path(field).deepCopy());
            }
          }
          spec.set("template", template);
          return live;
        });
  }

  private ObjectNode promoted(CanaryView canary, ObjectNode target, String label) {
    ObjectNode template = (ObjectNode) target.at("/spec/template").deepCopy();
    configs.promote(canary, template, configs.of(canary.namespace(), template));
    withoutScaleDown(template);
    ObjectNode metadata = template.withObject("/metadata");
    metadata.withObject("/annotations").put("flagger-id", UUID.randomUUID().toString());
    ObjectNode labels = metadata.withObject("/labels");
    String value = target.at("/spec/selector/matchLabels/" + escaped(label)).asText();
    labels.put(label, value + "-primary");
    return template;
  }

  /** What {@link #scaleToZero} left in the template. */
  void withoutScaleDown(ObjectNode template) {}

  private static String selectorLabel(ObjectNode target) {
    JsonNode labels = target.at("/spec/selector/matchLabels");
    return LABELS.stream()
        .filter(labels::has)
        .findFirst()
        .orElseThrow(() -> new Halt("spec.selector.matchLabels must contain one of " + LABELS));
  }

  private static String escaped(String label) {
    return label.replace("~", "~0").replace("/", "~1");
  }
}
