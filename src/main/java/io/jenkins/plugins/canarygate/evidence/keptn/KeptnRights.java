package io.jenkins.plugins.canarygate.evidence.keptn;

import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import io.jenkins.plugins.canarygate.kube.Rights.Right;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rights that what is asked of Keptn takes, by namespace. */
final class KeptnRights {
  private static final String SOURCE = "to know what a value comes from";

  private final Map<String, Set<Right>> byNamespace = new LinkedHashMap<>();

  void metric(String namespace) {
    need(namespace, KeptnKind.METRIC, "to read the metric", "get");
    need(namespace, KeptnKind.PROVIDER, SOURCE, "get");
  }

  void analysis(Analysis asked) {
    need(asked.namespace(), KeptnKind.ANALYSIS, "to read the Analysis", "get");
    if (asked.created()) {
      need(asked.namespace(), KeptnKind.ANALYSIS, "to create the Analysis", "create");
      need(asked.namespace(), KeptnKind.ANALYSIS, "to delete it after it was read", "delete");
      need(asked.namespace(), KeptnKind.ANALYSIS, "to find what was left behind", "list");
    }
    need(asked.definedIn(), KeptnKind.DEFINITION, "to read the objectives", "get");
    need(asked.definedIn(), KeptnKind.TEMPLATE, "to read the queries", "get");
    need(asked.definedIn(), KeptnKind.PROVIDER, SOURCE, "get");
  }

  private void need(String namespace, KeptnKind kind, String what, String verb) {
    byNamespace
        .computeIfAbsent(namespace, none -> new LinkedHashSet<>())
        .add(new Right(verb, KeptnKind.GROUP, kind.plural(), what));
  }

  Map<String, List<Right>> all() {
    Map<String, List<Right>> all = new LinkedHashMap<>();
    byNamespace.forEach((namespace, rights) -> all.put(namespace, List.copyOf(rights)));
    return all;
  }
}
