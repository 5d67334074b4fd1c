package io.jenkins.plugins.canarygate.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.check.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the API server for each right by itself, and says what grants those that are missing. */
public final class Rights {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  /**
   * One right.
   *
   * @param group the API group; empty for the core
   * @param resource as in a Role, {@code rollouts/status}
   * @param what for what it is needed
   */
  public record Right(String verb, String group, String resource, String what) {
    String text() {
      return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
  }

  private final KubeApi api;
  private final String namespace;

  public Rights(KubeApi api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** A finding for each right; the last of those that are missing has a Role for them all. */
  public List<Finding> examine(List<Right> rights) throws KubeApi.NoAnswerException {
    Map<Right, KubeApi.Answer> answers = new LinkedHashMap<>();
    Set<Right> missing = new LinkedHashSet<>();
    for (Right right : rights) {
      KubeApi.Answer answer = api.post(REVIEWS, review(right));
      answers.put(right, answer);
      if (answer.ok() && !allowed(answer)) {
        missing.add(right);
      }
    }
    Set<Right> left = new LinkedHashSet<>(missing);
    List<Finding> findings = new ArrayList<>();
    answers.forEach(
        (right, answer) -> {
          left.remove(right);
          String remedy = left.isEmpty() ? role(missing) : "the Role below grants it";
          findings.add(finding(right, answer, remedy));
        });
    return findings;
  }

  private static boolean allowed(KubeApi.Answer answer) {
    return answer.body().path("status").path("allowed").asBoolean(false);
  }

  private Finding finding(Right right, KubeApi.Answer answer, String remedy) {
    String subject = "right: " + right.text() + " in " + namespace;
    if (!answer.ok()) {
      return Finding.warning(
          subject,
          "the API server would not say (" + answer.code() + ")",
          "ask whoever administers the cluster for\n" + role(Set.of(right)));
    }
    return allowed(answer)
        ? Finding.ok(subject, "granted, " + right.what())
        : Finding.error(subject, "missing, " + right.what(), remedy);
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
    Map<String, String> verbs = new LinkedHashMap<>();
    for (Right right : rights) {
      String rule =
          "apiGroups: [\"" + right.group() + "\"], resources: [\"" + right.resource() + "\"]";
      verbs.merge(rule, "\"" + right.verb() + "\"", (some, another) -> some + ", " + another);
    }
    verbs.forEach(
        (rule, all) ->
            yaml.append("- {").append(rule).append(", verbs: [").append(all).append("]}\n"));
    return yaml.toString();
  }
}
