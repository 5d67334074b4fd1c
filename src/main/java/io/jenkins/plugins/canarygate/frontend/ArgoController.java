package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoPreflight;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoRolloutDriver;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoSection;
import java.util.List;

/** Argo Rollouts. */
final class ArgoController implements Controller {

  @Override
  public RolloutDriver driver(KubernetesClient client, GateSpec spec, String gateId) {
    return new ArgoRolloutDriver(client, spec.target(), gateId);
  }

  @Override
  public WakeUps.Kind kind() {
    return WakeUps.Kind.of(ArgoSection.ROLLOUTS);
  }

  @Override
  public List<Finding> examine(KubernetesClient client, GateSpec spec) {
    return ArgoPreflight.examine(client, spec.target(), acts(spec), holds(spec));
  }

  private static boolean acts(GateSpec spec) {
    return spec.policy().reactions().anyMatch(reaction -> reaction != Reaction.NONE);
  }

  private static boolean holds(GateSpec spec) {
    At at = spec.target().at();
    return at.hold()
        || at.kind() == At.Kind.PROGRESSING
            && spec.policy().reactions().anyMatch(reaction -> reaction == Reaction.PAUSE);
  }
}
