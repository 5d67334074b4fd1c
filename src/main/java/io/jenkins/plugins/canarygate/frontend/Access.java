package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;

/**
 * How a front end reaches what gates need: with which addresses, keys and connections is its own to
 * know. Asked only for what a gate does need; nothing is contacted by asking. What is wrong with a
 * setting is said by the front end's own exceptions.
 */
public interface Access {

  /** The cluster of the gate's rollout. */
  Cluster cluster();

  /** The account that the gate's questions and markers go to. */
  HoneycombAccount honeycomb();

  /** The server that the gate's questions in PromQL go to. */
  PrometheusClient prometheus();

  /** Where the role stands that grants a right which is missing: the end of a sentence. */
  default String roles() {
    return "canary-gate plan prints the role that grants it";
  }

  /**
   * A cluster.
   *
   * @param client for looks, measurements and watches
   * @param urgent the same over connections of its own, for gates that were asked to end (rule A6)
   */
  record Cluster(KubernetesClient client, KubernetesClient urgent) {}

  /**
   * A gate that goes on had begun with something that is there no more. Whatever would ask it is
   * never measured; the message, one line without a secret, is what its checks say.
   */
  final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GoneException(String message) {
      super(message);
    }
  }
}
