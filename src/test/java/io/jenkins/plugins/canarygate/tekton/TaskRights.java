package io.jenkins.plugins.canarygate.tekton;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** What the roles in tekton-tasks/canary-gate/rights grant. */
public final class TaskRights {
  private static final KubernetesSerialization TYPES = new KubernetesSerialization();

  private TaskRights() {}

  /** The rules of the roles in a file. */
  public static List<PolicyRule> of(String file) {
    return TaskFiles.documents(TaskFiles.FOLDER.resolve("rights").resolve(file)).stream()
        .filter(one -> one.kind().equals("Role"))
        .map(one -> (Role) TYPES.<Object>unmarshal(one.json().toString()))
        .flatMap(role -> role.getRules().stream())
        .toList();
  }
}
