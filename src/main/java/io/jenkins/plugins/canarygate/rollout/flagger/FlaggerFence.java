package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fence;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The fence of a Canary, made and compared (rules R2, FL1). */
final class FlaggerFence {
  private final Fence fence;
  private final JsonNode details;

  FlaggerFence(Fence fence) {
    this.fence = fence;
    this.details = fence.details();
  }

  /** What a fence taken now would be; empty while the gate's revision is not on its way. */
  static Optional<Fence> take(Look look) {
    if (!look.current() || look.workload().isEmpty()) {
      return Optional.empty();
    }
    CanaryStatus status = look.status();
    Binding live = look.live().orElseThrow();
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("uid", live.uid());
    details.put("template", live.template());
    details.put("configs", live.trackedConfigs());
    details.put("promoted", status.lastPromotedSpec());
    ObjectNode images = details.putObject("images");
    look.workload().get().allImages().forEach(images::put);
    look.notes().primary().ifPresent(digest -> details.put("primary", digest));
    if (status.phase() == CanaryPhase.WAITING) {
      // lastAppliedSpec and trackedConfigs are still those of the revision before.
      details.put("before", true);
    } else if (look.target().at().kind() == At.Kind.PROGRESSING) {
      // Its fence is the revision alone (rule R3).
      details.put("revisionOnly", true);
    } else if (status.phase() == CanaryPhase.WAITING_PROMOTION) {
      status.phaseSince().ifPresent(since -> details.put("since", since.toString()));
      details.put("waits", true);
    }
    return Optional.of(new Fence(live.lastAppliedSpec(), details));
  }

  /** What a decision under this fence is bound to. */
  Binding binding() {
    return new Binding(
        details.path("uid").asText(""),
        fence.revision(),
        details.path("configs").asText(""),
        details.path("template").asText(""));
  }

  /** Whether it was taken before Flagger had taken the revision up. */
  boolean before() {
    return details.path("before").asBoolean(false);
  }

  boolean revisionOnly() {
    return details.path("revisionOnly").asBoolean(false);
  }

  /** The images of all containers that were judged. */
  Map<String, String> images() {
    return OurRevision.images(details.path("images"));
  }

  /** The digest of the primary's template when the fence was taken. */
  Optional<String> primary() {
    return KubeJson.text(details, "primary");
  }

  /** Whether the target still holds what was fenced, as far as the phase lets tell. */
  boolean holds(CanaryView canary, String template) {
    // While nothing is analysed, the status may tell of the revision before or after.
    boolean sameConfigs =
        before()
            || !canary.status().phase().analyses()
            || binding().trackedConfigs().equals(canary.status().trackedConfigs());
    return binding().template().equals(template) && sameConfigs;
  }

  /** Whether Flagger has written down that what was fenced is promoted (rule FL5). */
  boolean promoted(CanaryStatus status) {
    if (status.phase() == CanaryPhase.SUCCEEDED) {
      // It was not so when the fence was taken, and both times are by Flagger's own clock.
      Optional<Instant> since = KubeJson.instant(details, "since");
      return since.isEmpty()
          || status.phaseSince().map(at -> !at.isBefore(since.get())).orElse(true);
    }
    String before = details.path("promoted").asText("");
    return !before()
        && !fence.revision().equals(before)
        && fence.revision().equals(status.lastPromotedSpec());
  }

  /** Whether it waits for the promotion as it did when the fence was taken. */
  boolean waitsAsThen(CanaryStatus status) {
    return status.phase() == CanaryPhase.WAITING_PROMOTION
        && fence.revision().equals(status.lastAppliedSpec())
        && KubeJson.instant(details, "since").equals(status.phaseSince());
  }

  /** How the Canary differs, whoever did it; what failed or landed is a fate, not a drift. */
  Drift drift(Look look) {
    CanaryPhase phase = look.status().phase();
    if (!binding().uid().equals(look.canary().uid())) {
      return Drift.GONE;
    }
    if (!revisionOnly() && (phase.promotes() || phase.rests())) {
      return Drift.MOVED_ON;
    }
    if (!look.ours().inTarget() || phase.rests()) {
      return Drift.OTHER_REVISION;
    }
    if (revisionOnly() || before() || !details.path("waits").asBoolean(false)) {
      return Drift.NONE;
    }
    return waitsAsThen(look.status()) ? Drift.NONE : Drift.BEGAN_AGAIN;
  }
}
