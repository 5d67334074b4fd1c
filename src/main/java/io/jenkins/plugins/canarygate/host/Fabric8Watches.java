package io.jenkins.plugins.canarygate.host;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens watches with fabric8's client, whose own attempts to connect again are turned off: they
 * would hide what happened, and not be spread. A watch begins with a list of at most one object,
 * for the place to begin at; without one a server sends every object there is.
 */
final class Fabric8Watches implements WatchConnector {
  private static final RequestConfig ONCE =
      new RequestConfigBuilder()
          .withWatchReconnectLimit(0)
          .withRequestRetryBackoffLimit(0)
          .withRequestTimeout((int) Duration.ofSeconds(10).toMillis())
          .build();

  private final Duration longest;

  Fabric8Watches() {
    this(Duration.ofMinutes(10));
  }

  /**
   * @param longest after how long a server is asked to end a watch
   */
  Fabric8Watches(Duration longest) {
    this.longest = longest;
  }

  @Override
  public Connection open(Selection selection, Optional<String> from, Events events)
      throws WatchFailure {
    try {
      KubernetesClient client = selection.client().newClient(ONCE).adapt(KubernetesClient.class);
      MixedOperation<
              GenericKubernetesResource,
              GenericKubernetesResourceList,
              Resource<GenericKubernetesResource>>
          objects = client.genericKubernetesResources(context(selection.kind()));
      ListOptionsBuilder options = new ListOptionsBuilder();
      selection.name().ifPresent(name -> options.withFieldSelector("metadata.name=" + name));
      String begin = from.orElse(null);
      if (begin == null) {
        ListOptions one = new ListOptionsBuilder(options.build()).withLimit(1L).build();
        begin =
            objects.inNamespace(selection.namespace()).list(one).getMetadata().getResourceVersion();
        events.at(begin);
      }
      Watch watch =
          objects
              .inNamespace(selection.namespace())
              .watch(
                  options
                      .withResourceVersion(begin)
                      .withAllowWatchBookmarks(true)
                      .withTimeoutSeconds(longest.toSeconds())
                      .build(),
                  watcher(events));
      return watch::close;
    } catch (KubernetesClientException e) {
      throw failure(e);
    } catch (RuntimeException e) {
      // An answer that is no list, or no JSON at all: as good as none.
      throw WatchFailure.lost();
    }
  }

  private static Watcher<GenericKubernetesResource> watcher(Events events) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, GenericKubernetesResource object) {
        if (object.getMetadata().getResourceVersion() != null) {
          events.at(object.getMetadata().getResourceVersion());
        }
        if (action != Action.BOOKMARK) {
          events.changed(object.getMetadata().getName());
        }
      }

      @Override
      public void onClose(WatcherException cause) {
        events.ended(
            cause.isHttpGone()
                ? new WatchFailure(WatchFailure.Kind.GONE, Optional.empty())
                : failure(cause.asClientException()));
      }

      @Override
      public void onClose() {
        events.ended(WatchFailure.lost());
      }
    };
  }

  private static WatchFailure failure(KubernetesClientException e) {
    WatchFailure.Kind kind =
        switch (e.getCode()) {
          case HttpURLConnection.HTTP_GONE -> WatchFailure.Kind.GONE;
          case HttpURLConnection.HTTP_FORBIDDEN -> WatchFailure.Kind.FORBIDDEN;
          default -> WatchFailure.Kind.LOST;
        };
    return new WatchFailure(
        kind,
        Optional.ofNullable(e.getStatus())
            .map(status -> status.getDetails())
            .map(StatusDetails::getRetryAfterSeconds)
            .filter(seconds -> seconds > 0)
            .map(Duration::ofSeconds));
  }

  private static ResourceDefinitionContext context(WakeUps.Kind kind) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(kind.group())
        .withVersion(kind.version())
        .withKind(kind.kind())
        .withPlural(kind.plural())
        .withNamespaced(true)
        .build();
  }
}
