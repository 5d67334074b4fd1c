package io.jenkins.plugins.canarygate.server.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.ResourceKind;
import io.jenkins.plugins.canarygate.rollout.flagger.CanaryView;
import java.util.Optional;

/** Reads a Canary and its target from the API server, each once. */
final class LiveLook {
  private static final ResourceKind CANARIES =
      new ResourceKind("flagger.app", "v1beta1", "Canary", "canaries", "Flagger");
  private static final ResourceKind DEPLOYMENTS =
      new ResourceKind("apps", "v1", "Deployment", "deployments", "Kubernetes");
  private static final ResourceKind DAEMON_SETS =
      new ResourceKind("apps", "v1", "DaemonSet", "daemonsets", "Kubernetes");
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;

  /**
   * What was read.
   *
   * @param canary the Canary
   * @param target what it rolls out; empty if it is not there, or of a kind that cannot be gated
   */
  record Seen(CanaryView canary, Optional<JsonNode> target) {}

  /** It could not be read. The message is one line without a secret. */
  static final class UnseenException extends Exception {
    private static final long serialVersionUID = 1L;

    UnseenException(String message) {
      super(message);
    }
  }

  private final KubeApi api;

  LiveLook(KubernetesClient client) {
    this.api = new KubeApi(client);
  }

  /** Reads both; the target last, since that is what Flagger copies. */
  Optional<Seen> at(CanaryName name) throws UnseenException {
    Optional<JsonNode> canary = get(CANARIES, name);
    if (canary.isEmpty()) {
      return Optional.empty();
    }
    CanaryView view = new CanaryView(canary.get());
    if (!view.gateable()) {
      return Optional.of(new Seen(view, Optional.empty()));
    }
    ResourceKind kind = view.targetKind().equals("DaemonSet") ? DAEMON_SETS : DEPLOYMENTS;
    return Optional.of(
        new Seen(view, get(kind, new CanaryName(name.namespace(), view.targetName()))));
  }

  private Optional<JsonNode> get(ResourceKind kind, CanaryName name) throws UnseenException {
    KubeApi.Answer answer;
    try {
      answer = api.get(kind.path(name.namespace(), name.name()));
    } catch (KubeApi.NoAnswerException e) {
      throw new UnseenException(e.getMessage());
    }
    if (answer.code() == NOT_FOUND) {
      return Optional.empty();
    }
    if (answer.code() == FORBIDDEN) {
      throw new UnseenException(
          "the gate server may not get "
              + kind.resource()
              + " in namespace "
              + name.namespace()
              + "; see the roles in docs/install");
    }
    if (!answer.ok() || answer.body().path("metadata").path("uid").asText("").isEmpty()) {
      throw new UnseenException(
          "the API server answered " + answer.code() + " when asked for " + kind.resource());
    }
    return Optional.of(answer.body());
  }
}
