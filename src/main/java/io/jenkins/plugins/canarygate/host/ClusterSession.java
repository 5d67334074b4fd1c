package io.jenkins.plugins.canarygate.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.Lease;
import io.jenkins.plugins.canarygate.kube.Rights.Right;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A session that outlives its pod: the state in a ConfigMap, and a Lease in the rollout's namespace
 * for one gate at a time (rule S1).
 */
public final class ClusterSession {
  private final KubeApi sessions;
  private final KubeApi leases;
  private final ConfigMapSessionStore.Name name;
  private final Optional<ConfigMapSessionStore.Owner> owner;
  private final Target target;

  /**
   * @param sessions a client of the cluster that keeps the state; it is not closed
   * @param name where the state is kept
   * @param owner goes away with what it owns
   * @param rollouts a client of the rollout's cluster, often the same; it is not closed
   * @param spec the gate
   */
  public ClusterSession(
      KubernetesClient sessions,
      ConfigMapSessionStore.Name name,
      Optional<ConfigMapSessionStore.Owner> owner,
      KubernetesClient rollouts,
      GateSpec spec) {
    this.sessions = new KubeApi(sessions);
    this.leases = new KubeApi(rollouts);
    this.name = name;
    this.owner = owner;
    this.target = spec.target();
  }

  /**
   * The state as it is kept, whoever owns it.
   *
   * @throws IOException if it cannot be read; the message says what to do
   */
  public Optional<GateSession> peek() throws IOException {
    return new ConfigMapSessionStore(sessions, name, owner, Optional::empty).load();
  }

  /** The Lease that the gate must hold. */
  public Lease lease() {
    return new Lease(
        leases,
        target.namespace(),
        "canary-gate." + target.kind().toLowerCase(Locale.ROOT) + "." + target.name());
  }

  /** A store that writes while the Lease is held. */
  public OwnedStore store(RolloutLease held) {
    return new ConfigMapSessionStore(sessions, name, owner, held::lost);
  }

  /** The rights that it takes in the ConfigMap's namespace. */
  public static List<Right> rightsOnSessions() {
    return Stream.of("get", "create", "patch")
        .map(verb -> new Right(verb, "", "configmaps", "to keep the session"))
        .toList();
  }

  /** The rights that it takes in the rollout's namespace. */
  public static List<Right> rightsOnLeases() {
    return Stream.of("get", "create", "patch")
        .map(
            verb ->
                new Right(
                    verb, Lease.LEASES.group(), "leases", "for one gate on a rollout at a time"))
        .toList();
  }
}
