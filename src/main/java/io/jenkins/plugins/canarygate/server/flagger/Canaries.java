package io.jenkins.plugins.canarygate.server.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.host.NamedThreads;
import io.jenkins.plugins.canarygate.host.SystemClock;
import io.jenkins.plugins.canarygate.host.SystemTimers;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.host.WatchedObjects;
import io.jenkins.plugins.canarygate.rollout.flagger.CanaryView;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The Canaries as one watch tells of them. A no may be given by it, a yes never. */
final class Canaries implements AutoCloseable {
  static final WakeUps.Kind KIND = new WakeUps.Kind("flagger.app", "v1beta1", "Canary", "canaries");

  private final Set<String> namespaces;
  private final Consumer<String> say;
  private final Set<String> announced = ConcurrentHashMap.newKeySet();
  private final SystemTimers timers = new SystemTimers();
  private final ExecutorService opener =
      Executors.newSingleThreadExecutor(new NamedThreads("canary-gate-watch"));
  private final WatchedObjects<CanaryView> watched;

  /**
   * @param namespaces where; empty: the whole cluster
   * @param say takes a line for whoever runs the server
   */
  Canaries(KubernetesClient client, Collection<String> namespaces, Consumer<String> say) {
    this.say = say;
    this.namespaces = Set.copyOf(namespaces);
    this.watched =
        new WatchedObjects<>(
            client,
            KIND,
            this.namespaces,
            object -> new CanaryView(slim(object)),
            this::opened,
            new SystemClock(),
            timers,
            opener,
            new Random());
  }

  private void opened(String namespace) {
    // A watch ends every few minutes and is opened again: that is no news.
    if (announced.add(namespace)) {
      say.accept("watching the Canaries of " + place(namespace) + ": " + watched.all().size());
    }
  }

  private static String place(String namespace) {
    return namespace.isEmpty() ? "the cluster" : "namespace " + namespace;
  }

  /** Without what is large and never read. */
  private static JsonNode slim(JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
      }
    }
    return object;
  }

  void open() {
    watched.open();
  }

  /** Whether hooks about Canaries of this namespace are answered at all. */
  boolean covers(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  /** Whether what is known of the namespace is as it is now, as far as can be told. */
  boolean current(String namespace) {
    return watched.current(namespace);
  }

  Optional<CanaryView> find(CanaryName name) {
    return watched.find(name.namespace(), name.name());
  }

  Collection<CanaryView> all() {
    return watched.all();
  }

  /** What is not known as it should be, a line for each namespace. */
  List<String> gaps() {
    return watched.stale().stream()
        .map(
            namespace ->
                "the Canaries of "
                    + place(namespace)
                    + (watched.forbidden(namespace)
                        ? " may not be listed and watched; see the roles in docs/install"
                        : " are not watched"))
        .toList();
  }

  @Override
  public void close() {
    watched.close();
    timers.close();
    opener.shutdownNow();
  }
}
