package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.rollout.Fate;
import java.util.Optional;

/**
 * How far an abort of the gate's revision has come (rule AR4). Much of what is asked here holds
 * before an abort as well, so all of it is asked.
 */
final class TakingBack {
  private final Look look;
  private final RolloutStatus rollout;
  private final Optional<String> missing;

  TakingBack(Look look) {
    this.look = look;
    this.rollout = look.rollout();
    if (asked()) {
      this.missing = missing();
    } else {
      look.notes().notAborted();
      this.missing = Optional.of("no abort was asked");
    }
  }

  /** Whether an abort of our revision is asked, by whomever. */
  boolean asked() {
    return look.ours().current() && rollout.abort() && !rollout.hash().equals(rollout.stable());
  }

  /** The fate that follows; empty where no abort is asked. */
  Optional<Fate> fate() {
    if (!asked()) {
      return Optional.empty();
    }
    return Optional.of(missing.isEmpty() ? Fate.TAKEN_BACK : Fate.TAKING_BACK);
  }

  /** What is still missing before the abort is in effect; empty if nothing is. */
  Optional<String> stillMissing() {
    return missing;
  }

  private Optional<String> missing() {
    if (rollout.abortedAt().isEmpty()) {
      return Optional.of("the controller has not taken up the abort");
    }
    if (look.heldByUs()) {
      // The hold goes first, then the abort is judged (rule AR8).
      return Optional.of("our hold must be lifted first");
    }
    Optional<String> missing =
        look.strategy().isBlueGreen()
            ? blueGreen()
            : look.strategy().routed() ? routed() : basicCanary();
    return missing.map(what -> rollout.paused() ? what + "; spec.paused keeps it so" : what);
  }

  private Optional<String> routed() {
    JsonNode weights = rollout.weights();
    int weight = rollout.canaryWeight().orElse(-1);
    if (rollout.step().orElse(0) != 0) {
      return Optional.of("the controller has not gone back to step 0");
    }
    if (weight != 0) {
      return Optional.of("the canary's weight is " + (weight < 0 ? "not known" : weight + " %"));
    }
    if (!weights.path("additional").isEmpty()) {
      return Optional.of("an experiment still gets traffic");
    }
    if (!weights.path("stable").path("podTemplateHash").asText("").equals(rollout.stable())) {
      return Optional.of("the stable weight is not the stable revision's");
    }
    return rollout.unverified()
        ? Optional.of("the router has not verified the weight")
        : Optional.empty();
  }

  private Optional<String> basicCanary() {
    int left = rollout.updatedReplicas();
    return left == 0 ? Optional.empty() : Optional.of(left + " canary pods are left");
  }

  private Optional<String> blueGreen() {
    if (!rollout.pauses().isEmpty()) {
      return Optional.of("the pause still stands");
    }
    if (!rollout.activeSelector().equals(rollout.stable())) {
      return Optional.of("the active service is not back on the stable revision");
    }
    // abortedAt may be written one reconcile before the active service is switched back.
    String abort = rollout.hash() + " " + rollout.abortedAt().orElse("");
    return look.notes().seenTwice(abort)
        ? Optional.empty()
        : Optional.of("the active service is on the stable revision; one more look proves it");
  }
}
