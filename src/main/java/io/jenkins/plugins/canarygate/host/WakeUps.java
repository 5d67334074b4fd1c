package io.jenkins.plugins.canarygate.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.kube.ResourceKind;

/** Wakes gates when the object that they wait for may have changed. Looking again decides. */
public interface WakeUps extends AutoCloseable {

  /**
   * Wakes {@code wake} whenever the topic may have changed, until it is cancelled. Does not block.
   *
   * @param wake must not block; may come too often and from any thread
   */
  Timers.Cancellable subscribe(Topic topic, Runnable wake);

  /** Whether a watch that tells of the topic is open now. */
  default boolean watched(Topic topic) {
    return false;
  }

  /** Ends all watches. */
  @Override
  void close();

  /** Wakes nobody: gates go by their timers alone. */
  static WakeUps none() {
    return new WakeUps() {
      @Override
      public Timers.Cancellable subscribe(Topic topic, Runnable wake) {
        return () -> {};
      }

      @Override
      public void close() {}
    };
  }

  /**
   * One object in one cluster.
   *
   * @param client the cluster; gates with the same client share watches
   * @param kind what kind of object
   * @param namespace where it is
   * @param name what it is called
   */
  record Topic(KubernetesClient client, Kind kind, String namespace, String name) {}

  /**
   * A kind of object, as URLs name it.
   *
   * @param group as {@code argoproj.io}
   * @param version as {@code v1alpha1}
   * @param kind as {@code Rollout}
   * @param plural as {@code rollouts}
   */
  record Kind(String group, String version, String kind, String plural) {
    public static Kind of(ResourceKind kind) {
      return new Kind(kind.group(), kind.version(), kind.kind(), kind.plural());
    }
  }
}
