package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import java.util.List;

/** A controller that gates can drive, as front ends need it. */
interface Controller {

  /**
   * Drives the gate's rollout.
   *
   * @param client a client of the cluster; it is not closed
   * @param gateId marks what is the gate's own
   */
  RolloutDriver driver(KubernetesClient client, GateSpec spec, String gateId);

  /** What is watched, so that gates are woken early. */
  WakeUps.Kind kind();

  /**
   * What {@code plan} says of it.
   *
   * @param client a client of the cluster; it is not closed
   */
  List<Finding> examine(KubernetesClient client, GateSpec spec);
}
