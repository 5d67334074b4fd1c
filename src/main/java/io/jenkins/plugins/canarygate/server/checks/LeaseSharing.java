package io.jenkins.plugins.canarygate.server.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.host.HostClock;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.KubeApi.NoAnswerException;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.kube.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Replicas agree by Leases: one for each check with its arguments, in the namespace of the server.
 * Its holder measures; the value stands in an annotation. Where that cannot be, as without a right
 * on Leases, each replica measures for itself.
 */
final class LeaseSharing implements Sharing {
  static final String LABEL = "canary-gate/part";
  static final String PART = "named-check";
  private static final Duration ALONE_FOR = Duration.ofMinutes(5);
  private static final Duration ABANDONED = Duration.ofHours(1);

  final KubeApi api;
  final String collection;
  final String identity;
  final HostClock clock;
  private final ChecksMetrics metrics;
  private final Consumer<String> say;
  private final String namespace;
  private volatile long aloneUntil = Long.MIN_VALUE;
  private volatile boolean said;

  /**
   * @param namespace where the Leases are
   * @param identity what this replica calls itself; no other may, not even its successor
   * @param say takes a line for whoever runs the server
   */
  LeaseSharing(
      KubernetesClient client,
      String namespace,
      String identity,
      HostClock clock,
      ChecksMetrics metrics,
      Consumer<String> say) {
    this.api = new KubeApi(client);
    this.namespace = namespace;
    this.collection = Lease.LEASES.path(namespace);
    this.identity = identity;
    this.clock = clock;
    this.metrics = metrics;
    this.say = say;
    metrics.shared(true);
  }

  @Override
  public Share of(CheckKey key) {
    return new LeaseShare(this, key);
  }

  String path(String name) {
    return Lease.LEASES.path(namespace, name);
  }

  /** Whether each replica is to measure for itself for now. */
  boolean alone() {
    return clock.now().uptimeMillis() < aloneUntil;
  }

  /** Whether an answer means that Leases cannot be used at all. */
  static boolean impossible(KubeApi.Answer answer) {
    return answer.code() == 401 || answer.code() == 403;
  }

  /** Each replica measures for itself for a while, which is said. */
  void measureAlone(KubeApi.Answer answer) {
    aloneUntil = clock.now().uptimeMillis() + ALONE_FOR.toMillis();
    metrics.shared(false);
    if (!said) {
      said = true;
      say.accept(
          "named checks: each replica measures for itself, for Leases in namespace "
              + namespace
              + " cannot be used ("
              + answer.code()
              + " "
              + answer.message()
              + "); grant get, list, create, patch and delete on leases.coordination.k8s.io there");
    }
  }

  /** That Leases can be used. */
  void possible() {
    if (said && !alone()) {
      said = false;
      say.accept("named checks: replicas share what they measure, by Leases in " + namespace);
      metrics.shared(true);
    }
  }

  /**
   * Deletes what replicas that were killed have left and nobody has gone on with. To be called now
   * and then; blocks.
   */
  void sweep() {
    if (alone()) {
      return;
    }
    try {
      KubeApi.Answer all =
          api.get(collection + "?labelSelector=" + KubeApi.encode(LABEL + "=" + PART));
      if (!all.ok()) {
        return;
      }
      Instant before = clock.now().now().minus(ABANDONED);
      for (JsonNode lease : all.body().path("items")) {
        Instant renewed = KubeJson.instant(lease, "spec", "renewTime").orElse(before);
        if (!renewed.isAfter(before)) {
          delete(lease.path("metadata"));
        }
      }
    } catch (NoAnswerException e) {
      // The next time will do.
    }
  }

  /** Deletes a Lease as it was seen, and no newer one. */
  boolean delete(JsonNode metadata) throws NoAnswerException {
    var precondition =
        JsonNodeFactory.instance
            .objectNode()
            .put("resourceVersion", metadata.path("resourceVersion").asText());
    var options =
        JsonNodeFactory.instance.objectNode().put("kind", "DeleteOptions").put("apiVersion", "v1");
    options.set("preconditions", precondition);
    return api.delete(path(metadata.path("name").asText()), options).ok();
  }
}
