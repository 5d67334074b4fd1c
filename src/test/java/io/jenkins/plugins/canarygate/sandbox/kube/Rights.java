package io.jenkins.plugins.canarygate.sandbox.kube;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the token may do. Everything, until a first right is granted or {@link #none} is called. */
public final class Rights {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private volatile boolean all = true;

  private record Rule(
      Optional<String> namespace, String group, Set<String> resources, Set<String> verbs) {
    boolean allows(String verb, String group, String resource, String inNamespace) {
      return verbs.contains(verb)
          && this.group.equals(group)
          && resources.contains(resource)
          && (namespace.isEmpty() || namespace.get().equals(inNamespace));
    }
  }

  /** Takes every right away. */
  public Rights none() {
    all = false;
    rules.clear();
    return this;
  }

  /** Everything again. */
  public Rights everything() {
    all = true;
    return this;
  }

  /**
   * Grants in the whole cluster.
   *
   * @param resources with subresources as {@code rollouts/status}
   */
  public Rights grant(String group, Set<String> resources, Set<String> verbs) {
    all = false;
    rules.add(new Rule(Optional.empty(), group, resources, verbs));
    return this;
  }

  /** Grants in one namespace. */
  public Rights grantIn(String namespace, String group, Set<String> resources, Set<String> verbs) {
    all = false;
    rules.add(new Rule(Optional.of(namespace), group, resources, verbs));
    return this;
  }

  boolean allow(String verb, String group, String resource, String namespace) {
    return all || rules.stream().anyMatch(rule -> rule.allows(verb, group, resource, namespace));
  }

  boolean allow(Attempt attempt) {
    String resource = attempt.resource().plural();
    return allow(
        attempt.verb(),
        attempt.resource().group(),
        attempt.subresource().isEmpty() ? resource : resource + "/" + attempt.subresource(),
        attempt.namespace());
  }
}
