package io.jenkins.plugins.canarygate.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens watches that hand over whole objects: all that are there, where it begins anew, and then
 * each as it changes.
 */
final class ObjectWatches implements WatchConnector {
  private static final int PAGE = 250;

  // Far more than a cluster holds; a server that never comes to an end is given up.
  private static final int MOST_PAGES = 1_000;

  /** Takes objects. */
  interface Store {

    /** Begins anew; what the sinks before say counts no more. */
    ObjectLines.Sink begin(String namespace);

    /** These are all there are in the namespace, or in the cluster where it is empty. */
    void replace(String namespace, List<JsonNode> objects);
  }

  private final Store store;

  ObjectWatches(Store store) {
    this.store = store;
  }

  @Override
  public Connection open(Selection selection, Optional<String> from, Events events)
      throws WatchFailure {
    try {
      ObjectLines.Sink sink = store.begin(selection.namespace());
      String begin = from.isPresent() ? from.get() : list(selection);
      events.at(begin);
      return HttpWatches.stream(selection, begin, new ObjectLines(sink, events), events);
    } catch (KubeApi.NoAnswerException e) {
      throw WatchFailure.lost();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw WatchFailure.lost();
    }
  }

  private String list(Selection selection) throws WatchFailure, KubeApi.NoAnswerException {
    KubernetesClient client = selection.client();
    KubeApi api = new KubeApi(client);
    List<JsonNode> objects = new ArrayList<>();
    String next = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      KubeApi.Answer answer =
          api.get(
              path(selection)
                  + "?limit="
                  + PAGE
                  + (next.isEmpty() ? "" : "&continue=" + KubeApi.encode(next)));
      if (!answer.ok() || !answer.body().path("items").isArray()) {
        throw HttpWatches.failure(answer.code(), answer.retryAfter().map(d -> "" + d.toSeconds()));
      }
      answer.body().path("items").forEach(objects::add);
      next = answer.body().path("metadata").path("continue").asText("");
      if (next.isEmpty()) {
        store.replace(selection.namespace(), objects);
        return answer.body().path("metadata").path("resourceVersion").asText();
      }
    }
    throw WatchFailure.lost();
  }

  private static String path(Selection selection) {
    WakeUps.Kind kind = selection.kind();
    return "/apis/"
        + kind.group()
        + "/"
        + kind.version()
        + (selection.namespace().isEmpty()
            ? ""
            : "/namespaces/" + KubeApi.encode(selection.namespace()))
        + "/"
        + kind.plural();
  }
}
