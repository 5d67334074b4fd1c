package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How many pods canary and stable should have, as the controller's {@code utils/replicaset/canary}
 * computes it. Experiments and {@code replicaProgressThreshold} are left out.
 */
final class CanaryScale {
  private final RolloutView rollout;
  private final ReplicaSetView fresh;
  private final ReplicaSetView stable;
  private final List<ReplicaSetView> others;

  CanaryScale(
      RolloutView rollout,
      ReplicaSetView fresh,
      ReplicaSetView stable,
      List<ReplicaSetView> others) {
    this.rollout = rollout;
    this.fresh = fresh;
    this.stable = stable;
    this.others = others;
  }

  /** Pods of the new and of the stable ReplicaSet. */
  record Counts(int canary, int stable) {}

  Counts counts(JsonNode weights) {
    return rollout.isRouted() ? routed(weights) : basic();
  }

  /** Whether the wanted pods are there, and as far as that matters nothing else. */
  boolean isReached(JsonNode weights) {
    Counts counts = counts(weights);
    if (fresh == null
        || fresh.replicas() != counts.canary()
        || fresh.available() != counts.canary()) {
      return false;
    }
    boolean stableMatters = !rollout.isRouted() || !rollout.hasDynamicStableScale();
    if (stableMatters
        && (stable == null
            || stable.replicas() != counts.stable()
            || stable.actual() != counts.stable())) {
      return false;
    }
    return rollout.isRouted() || ReplicaSetView.sum(others, ReplicaSetView::available) == 0;
  }

  /** The weight that the steps so far have set. */
  static int setWeight(RolloutView rollout) {
    if (rollout.isAborted()) {
      return 0;
    }
    if (rollout.step().isMissingNode()) {
      return rollout.maxWeight();
    }
    return lastSetWeight(rollout, rollout.stepIndex().orElse(0));
  }

  static int lastSetWeight(RolloutView rollout, int from) {
    List<JsonNode> steps = rollout.steps();
    for (int i = from; i >= 0; i--) {
      if (steps.get(i).has("setWeight")) {
        return steps.get(i).path("setWeight").asInt();
      }
    }
    return 0;
  }

  /** The weight to go for, which with dynamicStableScale falls step by step after an abort. */
  int desiredWeight() {
    if (!rollout.isAborted()
        || !rollout.hasDynamicStableScale()
        || fresh == null
        || stable == null) {
      return setWeight(rollout);
    }
    int expected = rollout.replicas() - stable.available();
    int canaries =
        rollout.hasExplicitAbortScaleDownDelay() ? expected : Math.max(expected, fresh.available());
    List<JsonNode> steps = rollout.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).has("setWeight")) {
        int weight = steps.get(i).path("setWeight").asInt();
        if (replicasFor(weight) < canaries) {
          return weight;
        }
      }
    }
    return 0;
  }

  private boolean hasOtherStable() {
    return stable != null && (fresh == null || !fresh.name().equals(stable.name()));
  }

  private boolean wantsAll() {
    return rollout.isPromotedFully() || rollout.stableHash().isEmpty() || rollout.isFullyPromoted();
  }

  private Counts basic() {
    int wanted = rollout.replicas();
    int weight = wantsAll() ? rollout.maxWeight() : desiredWeight();
    Fenceposts fenceposts = Fenceposts.of(rollout);
    Counts desired =
        hasOtherStable() ? approximate(wanted, weight, fenceposts.surge()) : new Counts(wanted, 0);
    int freshNow = fresh == null ? 0 : fresh.replicas();
    int stableNow = hasOtherStable() ? stable.replicas() : 0;
    int most = wanted + fenceposts.surge();
    int room = most - ReplicaSetView.sum(others, ReplicaSetView::replicas) - freshNow - stableNow;
    int stableNext = stableNow;
    int freshNext = freshNow;
    if (hasOtherStable() && stableNow < desired.stable() && room > 0) {
      stableNext = Math.min(desired.stable(), stableNow + room);
      room -= stableNext - stableNow;
    }
    if (fresh != null && freshNow < desired.canary() && room > 0) {
      freshNext = Math.min(desired.canary(), freshNow + room);
    }
    if (ReplicaSetView.sum(others, ReplicaSetView::replicas) > 0) {
      return new Counts(freshNext, stableNext);
    }
    int least = wanted - fenceposts.unavailable();
    boolean growing = fresh == null || desired.canary() >= freshNow;
    int counted = forScaleDown(fresh, !growing) + forScaleDown(stable, growing);
    if (counted <= least) {
      return new Counts(freshNext, stableNext);
    }
    int spare = counted - least;
    if (!growing) {
      freshNext = drained(fresh, desired.canary(), spare, freshNext);
      int[] both = within(fresh, stable, freshNext, stableNext, most, least);
      return new Counts(both[0], both[1]);
    }
    if (hasOtherStable()) {
      stableNext = drained(stable, desired.stable(), spare, stableNext);
      int[] both = within(stable, fresh, stableNext, freshNext, most, least);
      return new Counts(both[1], both[0]);
    }
    return new Counts(freshNext, stableNext);
  }

  private static int forScaleDown(ReplicaSetView set, boolean ignoreAvailability) {
    if (set == null) {
      return 0;
    }
    if (set.replicas() < set.available() || ignoreAvailability) {
      return set.replicas();
    }
    return set.available();
  }

  private static int drained(ReplicaSetView set, int desired, int spare, int otherwise) {
    return set != null && set.replicas() > desired
        ? Math.max(desired, set.replicas() - spare)
        : otherwise;
  }

  private static int[] within(
      ReplicaSetView drain, ReplicaSetView keep, int drainTo, int keepTo, int most, int least) {
    int available = drain == null ? 0 : Math.min(drain.available(), drainTo);
    if (keep == null) {
      return new int[] {drainTo, keepTo};
    }
    int kept = keepTo - Math.max(0, keepTo + drainTo - most);
    available += Math.min(keep.available(), kept);
    int lost = Math.max(0, keep.available() - kept);
    kept += Math.min(lost, Math.max(0, least - available));
    return new int[] {drainTo - Math.max(0, kept + drainTo - most), kept};
  }

  /** The pair of counts that comes nearest to a weight; of two equally near the larger canary. */
  private Counts approximate(int wanted, int weight, int surge) {
    if (wanted == 0) {
      return new Counts(0, 0);
    }
    int max = rollout.maxWeight();
    int ceil = (int) Math.ceil((double) wanted * weight / max);
    int floor = (int) Math.floor((double) wanted * weight / max);
    boolean zeroAllowed = weight == max || weight == 0 || (wanted == 1 && surge == 0);
    List<int[]> options = new ArrayList<>();
    if (ceil < wanted || zeroAllowed) {
      options.add(new int[] {ceil, wanted});
    }
    if (!tied(weight, max, wanted) && (floor != 0 || zeroAllowed)) {
      options.add(new int[] {floor, wanted});
    }
    if (surge > 0) {
      options.add(new int[] {ceil, wanted + 1});
      if (!tied(weight, max, wanted + 1) && (floor != 0 || zeroAllowed)) {
        options.add(new int[] {floor, wanted + 1});
      }
    }
    int[] best = options.isEmpty() ? new int[] {0, wanted} : options.get(0);
    for (int[] option : options) {
      if (distance(option, weight, max) < distance(best, weight, max)) {
        best = option;
      }
    }
    return new Counts(best[0], best[1] - best[0]);
  }

  private static boolean tied(int weight, int max, int total) {
    return total * ((double) weight / max) % 1 == 0.5;
  }

  private static double distance(int[] option, int weight, int max) {
    return Math.abs((double) option[0] * max / option[1] - weight);
  }

  private Counts routed(JsonNode weights) {
    int wanted = rollout.replicas();
    OptionalInt fixed = OptionalInt.empty();
    int weight = rollout.maxWeight();
    if (!wantsAll()) {
      JsonNode scale = canaryScaleStep();
      if (scale.has("replicas")) {
        fixed = OptionalInt.of(scale.path("replicas").asInt());
        weight = 0;
      } else if (scale.has("weight")) {
        weight = scale.path("weight").asInt();
      } else {
        weight = desiredWeight();
      }
    }
    int canary = fixed.isPresent() ? fixed.getAsInt() : atLeast(replicasFor(weight));
    if (!rollout.hasDynamicStableScale()) {
      return new Counts(canary, wanted);
    }
    int stableCount = replicasFor(rollout.maxWeight() - weight);
    if (weights.isObject()) {
      stableCount =
          Math.max(stableCount, replicasFor(weights.path("stable").path("weight").asInt()));
      if (rollout.isAborted()) {
        canary = Math.max(canary, replicasFor(weights.path("canary").path("weight").asInt()));
      }
    }
    return new Counts(atLeast(canary), atLeast(stableCount));
  }

  /** The setCanaryScale step that is in force; missing where none is. */
  private JsonNode canaryScaleStep() {
    JsonNode none = com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    if ((rollout.isAborted() && rollout.abortScaleDownDelay().isPresent())
        || rollout.step().isMissingNode()) {
      return none;
    }
    List<JsonNode> steps = rollout.steps();
    for (int i = rollout.stepIndex().orElse(0); i >= 0; i--) {
      JsonNode scale = steps.get(i).path("setCanaryScale");
      if (scale.isObject()) {
        return scale.path("matchTrafficWeight").asBoolean() ? none : scale;
      }
    }
    return none;
  }

  private int replicasFor(int weight) {
    return (int) Math.ceil((double) weight * rollout.replicas() / rollout.maxWeight());
  }

  private int atLeast(int count) {
    int least = rollout.canary().path("minPodsPerReplicaSet").asInt(0);
    return count == 0 ? 0 : Math.max(count, Math.min(least, rollout.replicas()));
  }
}
