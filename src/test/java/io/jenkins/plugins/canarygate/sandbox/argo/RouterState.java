package io.jenkins.plugins.canarygate.sandbox.argo;

import java.util.Optional;

/** What the simulated mesh or ingress says of a weight that it was told. */
interface RouterState {
  /** Whether it is in force; empty where it does not say, as with most. */
  Optional<Boolean> verified(String namespace, String rollout);
}
