package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnException.Kind;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keptn's objects in one cluster, in the newest version of theirs that the cluster serves. */
final class KeptnApi {
  /** Those that have what is read here, the best first. */
  static final List<String> VERSIONS = List.of("v1", "v1beta1", "v1alpha3");

  private final KubeApi api;
  private final String roles;
  private volatile String version;

  /**
   * Keptn's objects in a cluster.
   *
   * @param roles where the role stands that grants a right which is missing
   */
  KeptnApi(KubeApi api, String roles) {
    this.api = api;
    this.roles = roles;
  }

  KubeApi kube() {
    return api;
  }

  /**
   * The version that is used.
   *
   * @throws KeptnException if the cluster serves none of {@link #VERSIONS}, or does not answer
   */
  String version() throws KeptnException {
    if (version == null) {
      version = discover();
    }
    return version;
  }

  private String discover() throws KeptnException {
    KubeApi.Answer answer = get("/apis/" + KeptnKind.GROUP);
    if (answer.code() == 403) {
      // Where discovery is closed, the objects themselves will tell.
      return VERSIONS.get(0);
    }
    if (answer.code() == 404) {
      throw notServed("does not serve " + KeptnKind.GROUP);
    }
    if (!answer.ok() || !answer.body().path("versions").isArray()) {
      throw refusal(answer, "get", "the API group " + KeptnKind.GROUP, "");
    }
    Set<String> served = new HashSet<>();
    answer.body().path("versions").forEach(each -> served.add(each.path("version").asText("")));
    return VERSIONS.stream()
        .filter(served::contains)
        .findFirst()
        .orElseThrow(
            () ->
                notServed(
                    "serves "
                        + KeptnKind.GROUP
                        + ", but none of its versions "
                        + String.join(", ", VERSIONS)));
  }

  private KeptnException notServed(String what) {
    return new KeptnException(
        Kind.NOT_SERVED,
        "the cluster "
            + what
            + ": name the context of the right cluster, or install "
            + KeptnKind.PRODUCT
            + " there");
  }

  /** An object; empty if there is none of this name. */
  Optional<JsonNode> find(KeptnKind kind, String namespace, String name) throws KeptnException {
    KubeApi.Answer answer = get(kind.in(version()).path(namespace, name));
    if (answer.code() == 404) {
      if (answer.body().path("details").hasNonNull("name")) {
        return Optional.empty();
      }
      // Another version may be served by now.
      version = null;
      throw notServed("does not serve " + kind.resource());
    }
    if (!answer.ok() || answer.body().path("metadata").path("name").asText("").isEmpty()) {
      throw refusal(answer, "get", kind.resource(), namespace);
    }
    return Optional.of(answer.body());
  }

  /**
   * Creates an Analysis.
   *
   * @return whether it was created; false if there is one of this name already
   */
  boolean create(String namespace, JsonNode analysis) throws KeptnException {
    KubeApi.Answer answer;
    try {
      answer = api.post(KeptnKind.ANALYSIS.in(version()).path(namespace), analysis);
    } catch (KubeApi.NoAnswerException e) {
      throw unanswered(e);
    }
    if (answer.code() == 409) {
      return false;
    }
    if (!answer.ok()) {
      throw refusal(answer, "create", KeptnKind.ANALYSIS.resource(), namespace);
    }
    return true;
  }

  /** The Analyses with these labels. */
  List<JsonNode> list(String namespace, String selector) throws KeptnException {
    KubeApi.Answer answer =
        get(
            KeptnKind.ANALYSIS.in(version()).path(namespace)
                + "?labelSelector="
                + KubeApi.encode(selector));
    if (!answer.ok() || !answer.body().path("items").isArray()) {
      throw refusal(answer, "list", KeptnKind.ANALYSIS.resource(), namespace);
    }
    List<JsonNode> items = new ArrayList<>();
    answer.body().path("items").forEach(items::add);
    return items;
  }

  /** Deletes this Analysis and no other of its name; one that is gone is well. */
  void delete(String namespace, JsonNode analysis) throws KeptnException {
    JsonNode metadata = analysis.path("metadata");
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.putObject("preconditions").put("uid", metadata.path("uid").asText(""));
    KubeApi.Answer answer;
    try {
      answer =
          api.delete(
              KeptnKind.ANALYSIS.in(version()).path(namespace, metadata.path("name").asText("")),
              options);
    } catch (KubeApi.NoAnswerException e) {
      throw unanswered(e);
    }
    if (!answer.ok() && answer.code() != 404 && answer.code() != 409) {
      throw refusal(answer, "delete", KeptnKind.ANALYSIS.resource(), namespace);
    }
  }

  private KubeApi.Answer get(String path) throws KeptnException {
    try {
      return api.get(path);
    } catch (KubeApi.NoAnswerException e) {
      throw unanswered(e);
    }
  }

  private static KeptnException unanswered(KubeApi.NoAnswerException e) {
    return new KeptnException(Kind.TRANSIENT, e.getMessage());
  }

  private KeptnException refusal(
      KubeApi.Answer answer, String verb, String resource, String namespace) {
    int code = answer.code();
    String said = answer.message().isEmpty() ? "" : ": " + Plain.line(answer.message());
    if (code == 401) {
      return new KeptnException(
          Kind.DENIED, api.server() + " does not accept the credentials (401): renew the token");
    }
    if (answer.message().contains("denied the request")) {
      return new KeptnException(Kind.REFUSED, "Keptn refuses it (" + code + ")" + said);
    }
    if (code == 403) {
      return new KeptnException(
          Kind.DENIED,
          "the right to "
              + verb
              + " "
              + resource
              + (namespace.isEmpty() ? "" : " in namespace " + namespace)
              + " is missing (403); "
              + roles);
    }
    if (answer.ok() || code == 429 || code == 408 || code >= 500 || code >= 300 && code < 400) {
      return new KeptnException(
          Kind.TRANSIENT,
          answer.ok()
              ? api.server() + " answered with something that is not what was asked for"
              : api.server() + " answered " + code + said,
          answer.retryAfter());
    }
    return new KeptnException(
        Kind.REFUSED,
        api.server() + " answered " + code + " when asked to " + verb + " " + resource + said);
  }
}
