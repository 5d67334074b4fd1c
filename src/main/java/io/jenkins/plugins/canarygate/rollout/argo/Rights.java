package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.check.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks the API server for each right by itself, and says what grants those that are missing. */
final class Rights {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  /**
   * One right.
   *
   * @param group the API group; empty for the core
   * @param resource as in a Role, {@code rollouts/status}
   * @param what for what it is needed
   */
  record Right(String verb, String group, String resource, String what) {
    String text() {
      return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
  }

  private final KubeApi api;
  private final String namespace;

  Rights(KubeApi api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** The rights that a gate on a Rollout takes. */
  static List<Right> of(boolean acts, boolean holds) {
    List<Right> rights = new ArrayList<>();
    for (String verb : List.of("get", "list", "watch")) {
      rights.add(new Right(verb, Failures.GROUP, "rollouts", "to follow the rollout"));
    }
    for (String verb : List.of("get", "list", "watch")) {
      rights.add(new Right(verb, Failures.GROUP, "analysisruns", "to count the analysis"));
    }
    for (String verb : List.of("get", "list")) {
      rights.add(new Right(verb, "apps", "replicasets", "to read the image of a revision"));
    }
    if (acts) {
      rights.add(new Right("patch", Failures.GROUP, "rollouts/status", "to promote and to abort"));
    }
    if (holds) {
      rights.add(
          new Right(
              "patch",
              Failures.GROUP,
              "rollouts",
              "to hold a pause (it also lets its owner deploy any image)"));
    }
    return rights;
  }

  static Right workload(JsonNode ref) {
    String version = ref.path("apiVersion").asText("apps/v1");
    int slash = version.indexOf('/');
    return new Right(
        "get",
        slash < 0 ? "" : version.substring(0, slash),
        Reader.plural(ref),
        "to see whether the controller has seen workloadRef's template");
  }

  /** A finding for each right. */
  List<Finding> examine(List<Right> rights) throws KubeApi.NoAnswerException {
    List<Finding> findings = new ArrayList<>();
    for (Right right : rights) {
      findings.add(examine(right));
    }
    return findings;
  }

  private Finding examine(Right right) throws KubeApi.NoAnswerException {
    String subject = "right: " + right.text() + " in " + namespace;
    KubeApi.Answer answer = api.post(REVIEWS, review(right));
    if (!answer.ok()) {
      return Finding.warning(
          subject,
          "the API server would not say (" + answer.code() + ")",
          "ask whoever administers the cluster for\n" + role(Set.of(right)));
    }
    if (answer.body().path("status").path("allowed").asBoolean(false)) {
      return Finding.ok(subject, "granted, " + right.what());
    }
    return Finding.error(subject, "missing, " + right.what(), role(Set.of(right)));
  }

  private ObjectNode review(Right right) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
    int slash = right.resource().indexOf('/');
    ObjectNode attributes = body.putObject("spec").putObject("resourceAttributes");
    attributes.put("namespace", namespace).put("verb", right.verb()).put("group", right.group());
    attributes.put("resource", slash < 0 ? right.resource() : right.resource().substring(0, slash));
    if (slash >= 0) {
      attributes.put("subresource", right.resource().substring(slash + 1));
    }
    return body;
  }

  /** A Role that grants what is missing, ready to apply; it must still be bound. */
  private String role(Set<Right> rights) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n");
    yaml.append("metadata: {name: canary-gate, namespace: ").append(namespace).append("}\n");
    yaml.append("rules:\n");
    for (Right right : new LinkedHashSet<>(rights)) {
      yaml.append("- {apiGroups: [\"")
          .append(right.group())
          .append("\"], resources: [\"")
          .append(right.resource())
          .append("\"], verbs: [\"")
          .append(right.verb())
          .append("\"]}\n");
    }
    return yaml.toString();
  }
}
