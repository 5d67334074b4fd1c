package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.ResourceKind;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.kube.ObjectReader;
import java.util.Optional;

/** Reads the live objects: the Canary, its target, and its primary where that tells something. */
final class Reader {
  private final ObjectReader objects;
  private final Target target;

  Reader(KubeApi api, Target target) {
    this.objects = new ObjectReader(api, target, FlaggerSection.CANARIES);
    this.target = target;
  }

  ObjectReader objects() {
    return objects;
  }

  /** The Canary as it is now; empty if there is none of this name. */
  Optional<CanaryView> canary() throws LookException {
    return objects.object().map(CanaryView::new);
  }

  /** What it rolls out; empty if that is not there or of a kind that cannot be gated. */
  Optional<TargetView> workload(CanaryView canary) throws LookException {
    return read(canary, canary.targetName());
  }

  /** The copy that serves users, unless it is known and nobody could have promoted since. */
  Optional<TargetView> primary(CanaryView canary, RevisionReader.Ours ours, Notes notes)
      throws LookException {
    CanaryPhase phase = canary.status().phase();
    boolean begins = phase == CanaryPhase.PROGRESSING || phase == CanaryPhase.WAITING;
    boolean known = notes.primarySince(canary.status().lastPromotedSpec());
    return begins && known && !ours.replaced()
        ? Optional.empty()
        : read(canary, canary.primaryName());
  }

  private Optional<TargetView> read(CanaryView canary, String name) throws LookException {
    if (!canary.gateable() || canary.targetName().isEmpty()) {
      return Optional.empty();
    }
    ResourceKind kind = Workloads.of(canary);
    KubeApi.Answer answer = objects.get(kind.path(target.namespace(), name));
    if (answer.code() == 404) {
      return Optional.empty();
    }
    JsonNode object = objects.require(answer, "get", kind.resource());
    return Optional.of(new TargetView(object));
  }
}
