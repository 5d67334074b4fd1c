package io.jenkins.plugins.canarygate.rollout;

import java.util.Optional;

/**
 * The rollout that a gate is for, and what of it.
 *
 * @param kind the controller's word for it, as {@code Rollout}
 * @param cluster the named cluster; empty for the front end's own choice
 * @param namespace where it is
 * @param name what it is called
 * @param revision which revision is judged
 * @param at at which point
 */
public record Target(
    String kind,
    Optional<String> cluster,
    String namespace,
    String name,
    RevisionAsked revision,
    At at) {

  /** As messages name it: {@code Rollout shop/checkout}. */
  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
