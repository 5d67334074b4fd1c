package io.jenkins.plugins.canarygate.frontend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.flagger.FlaggerPreflight;
import io.jenkins.plugins.canarygate.rollout.flagger.FlaggerRolloutDriver;
import io.jenkins.plugins.canarygate.rollout.flagger.FlaggerSection;
import io.jenkins.plugins.canarygate.rollout.flagger.GateNeeds;
import java.util.List;

/** Flagger. */
final class FlaggerController implements Controller {

  @Override
  public RolloutDriver driver(KubernetesClient client, GateSpec spec, String gateId) {
    return new FlaggerRolloutDriver(client, spec.target(), gateId);
  }

  @Override
  public WakeUps.Kind kind() {
    return WakeUps.Kind.of(FlaggerSection.CANARIES);
  }

  @Override
  public List<Finding> examine(KubernetesClient client, GateSpec spec) {
    GateNeeds needs =
        new GateNeeds(
            spec.policy().reactions().anyMatch(Reaction::promotes),
            spec.policy().reactions().anyMatch(reaction -> reaction == Reaction.ABORT),
            spec.timeouts().start(),
            spec.timeouts().total());
    return FlaggerPreflight.examine(client, spec.target(), needs);
  }
}
