package io.jenkins.plugins.canarygate.rollout.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.kube.ResourceKind;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.util.Optional;

/** Reads and patches the one object that a driver is for, and says what went wrong. */
public final class ObjectReader {
  private final KubeApi api;
  private final Target target;
  private final ResourceKind kind;
  private final Failures failures;

  /**
   * @param target which object
   * @param kind what kind of object it is
   */
  public ObjectReader(KubeApi api, Target target, ResourceKind kind) {
    this.api = api;
    this.target = target;
    this.kind = kind;
    this.failures = new Failures(api.server(), target.namespace(), kind);
  }

  /**
   * The object as it is now; empty if there is none of this name.
   *
   * @throws LookException if that cannot be told
   */
  public Optional<JsonNode> object() throws LookException {
    KubeApi.Answer answer = get(kind.path(target.namespace(), target.name()));
    if (answer.code() == 404) {
      if (namesTheObject(answer)) {
        return Optional.empty();
      }
      throw served() ? failures.strange(answer) : failures.notServed();
    }
    JsonNode object = require(answer, "get", kind.resource());
    if (KubeJson.text(object.path("metadata"), "uid").isEmpty()) {
      // Somebody else's object must not look like another one in the place of ours.
      throw failures.strange(answer);
    }
    return Optional.of(object);
  }

  /**
   * Why there is no such object, as far as our rights let us see: the API server answers the same
   * for a name and for a namespace that is not there.
   */
  public String absence() {
    return namespaceIsMissing()
        ? "there is no namespace "
            + target.namespace()
            + " in "
            + api.server()
            + "; see whether it is the right cluster, and the right name"
        : "there is no " + target + "; see whether its name is right, or what deploys it failed";
  }

  /**
   * Any answer to a read.
   *
   * @throws LookException if none came
   */
  public KubeApi.Answer get(String path) throws LookException {
    try {
      return api.get(path);
    } catch (KubeApi.NoAnswerException e) {
      throw failures.unanswered(e);
    }
  }

  /**
   * What was asked for.
   *
   * @param verb the right it takes
   * @param resource what was read, as {@code replicasets.apps}
   * @throws LookException if the answer is none to this
   */
  public JsonNode require(KubeApi.Answer answer, String verb, String resource)
      throws LookException {
    if (!answer.ok() || !answer.body().isObject()) {
      throw failures.refused(answer, verb, resource);
    }
    return answer.body();
  }

  /** Patches the object. */
  public Receipt send(Write write, String query) {
    String sub = write.subresource().isEmpty() ? "" : "/" + write.subresource();
    String path = kind.path(target.namespace(), target.name()) + sub + query;
    try {
      KubeApi.Answer answer = api.patch(path, write.body());
      return failures.receipt(answer, kind.plural() + sub + "." + kind.group());
    } catch (KubeApi.NoAnswerException e) {
      return Failures.unknown(e);
    }
  }

  private boolean namespaceIsMissing() {
    try {
      return get("/api/v1/namespaces/" + KubeApi.encode(target.namespace())).code() == 404;
    } catch (LookException untold) {
      return false;
    }
  }

  /** A missing object is answered with its name; a missing kind with a bare 404. */
  private static boolean namesTheObject(KubeApi.Answer answer) {
    return answer.body().path("details").hasNonNull("name")
        && answer.body().path("reason").asText("").equals("NotFound");
  }

  private boolean served() throws LookException {
    KubeApi.Answer answer = get(kind.groupPath());
    if (answer.code() == 404) {
      return false;
    }
    JsonNode group = require(answer, "get", "the API group " + kind.group());
    for (JsonNode resource : group.path("resources")) {
      if (resource.path("name").asText("").equals(kind.plural())) {
        return true;
      }
    }
    return false;
  }
}
