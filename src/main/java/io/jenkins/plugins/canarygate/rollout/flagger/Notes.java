package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.rollout.Memory;
import java.time.Instant;
import java.util.Optional;

/** What the driver remembers from look to look, as {@link Memory} carries it. */
final class Notes {
  /** So often a time that is rewritten at each tick must have moved before a tick is proven. */
  private static final int TICKS = 2;

  private final ObjectNode tree;

  private Notes(ObjectNode tree) {
    this.tree = tree;
  }

  static Notes of(Memory memory) {
    return new Notes(
        memory.details() instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode());
  }

  Memory memory() {
    return new Memory(tree.deepCopy());
  }

  /** Forgets everything if the object is another one than that of the looks before. */
  void about(String uid) {
    if (tree.has("uid") && !tree.path("uid").asText().equals(uid)) {
      tree.removeAll();
    }
    tree.put("uid", uid);
  }

  /** The gate's revision, once it was seen on its way. */
  Optional<OurRevision> ours() {
    return tree.has("ours") ? Optional.of(OurRevision.of(tree.path("ours"))) : Optional.empty();
  }

  void ours(OurRevision ours) {
    tree.set("ours", ours.tree());
  }

  /** The digest of the primary's template before ours was promoted. */
  Optional<String> primary() {
    return KubeJson.text(tree, "primary");
  }

  /**
   * Notes it.
   *
   * @param promoted lastPromotedSpec then
   */
  void primary(String digest, String promoted) {
    tree.put("primary", digest).put("primaryOf", promoted);
  }

  /** Whether it was noted under this lastPromotedSpec. */
  boolean primarySince(String promoted) {
    return tree.has("primary") && tree.path("primaryOf").asText("").equals(promoted);
  }

  /**
   * Whether Flagger analyses what the target holds, as far as looks can tell: it was seen to take
   * it up, or has begun and ended a tick since, in which it would have seen another one.
   *
   * @param spec lastAppliedSpec
   * @param template the digest of the target's template
   * @param analysing whether the phase is one in which a revision is analysed
   * @param transition lastTransitionTime, which every tick rewrites
   */
  boolean takenUp(String spec, String template, boolean analysing, String transition) {
    JsonNode before = tree.path("applied");
    boolean sameTemplate = before.path("template").asText("").equals(template);
    boolean same =
        sameTemplate
            && before.path("spec").asText("").equals(spec)
            && before.path("analysing").asBoolean() == analysing;
    if (!same) {
      ObjectNode now = tree.putObject("applied");
      now.put("spec", spec).put("template", template).put("analysing", analysing);
      now.put("sure", sameTemplate && analysing).put("transition", transition).put("ticks", 0);
    }
    ObjectNode now = (ObjectNode) tree.path("applied");
    boolean sure = now.path("sure").asBoolean() || ticked(now, transition);
    now.put("sure", sure);
    return sure && analysing;
  }

  /** Whether it is still Failed after two more ticks, with the same target (rule FL6). */
  boolean stillFailed(String template, String transition) {
    if (!tree.path("failed").path("template").asText("").equals(template)) {
      tree.putObject("failed").put("template", template).put("transition", transition);
    }
    return ticked((ObjectNode) tree.path("failed"), transition);
  }

  void notFailed() {
    tree.remove("failed");
  }

  private static boolean ticked(ObjectNode entry, String transition) {
    if (!entry.path("transition").asText("").equals(transition)) {
      entry.put("transition", transition).put("ticks", entry.path("ticks").asInt(0) + 1);
    }
    return entry.path("ticks").asInt(0) >= TICKS;
  }

  /** Since when all that this names is as it is; noted now if it was otherwise. */
  Instant restsSince(String what, Instant now) {
    return since("rests", what, now);
  }

  void restless() {
    tree.remove("rests");
  }

  /** When traffic of this revision was first seen; noted so if it was not. */
  Instant trafficSince(String revision, Instant from) {
    return since("traffic", revision, from);
  }

  /** It gets no traffic: what comes later is a new beginning. */
  void noTraffic() {
    tree.remove("traffic");
    tree.remove("weight");
  }

  private Instant since(String name, String key, Instant from) {
    if (!tree.path(name).path("key").asText("").equals(key)) {
      tree.putObject(name).put("key", key).put("at", from.toString());
    }
    return KubeJson.instant(tree, name, "at").orElse(from);
  }

  /** The last weight above 0 that the status showed; the status forgets it. */
  Optional<Integer> weight() {
    return tree.has("weight") ? Optional.of(tree.path("weight").asInt()) : Optional.empty();
  }

  void weight(int weight) {
    tree.put("weight", weight);
  }

  /** Whether a promotion was seen to fail whose traffic is, as far as is known, still there. */
  boolean leftTraffic() {
    return tree.has("left");
  }

  void trafficLeft() {
    tree.putObject("left");
  }

  void noTrafficLeft() {
    tree.remove("left");
  }

  /**
   * Whether the analysis after the promotion that failed has begun again since a look before.
   *
   * @param spec lastAppliedSpec, which Flagger changes then
   */
  boolean beganAgain(String spec) {
    if (!leftTraffic()) {
      return false;
    }
    String before = tree.path("left").path("spec").asText(spec);
    ((ObjectNode) tree.path("left")).put("spec", spec);
    return !before.equals(spec);
  }

  /** Until when our decision held when it was seen last; gone once there is none of an intent. */
  Optional<Instant> heldUntil() {
    return KubeJson.instant(tree, "heldUntil");
  }

  void heldUntil(Instant notAfter) {
    tree.put("heldUntil", notAfter.toString());
  }

  /** Since when this decision of ours was to be taken away; noted now if it was not. */
  Instant withdrawsSince(Decision decision, Instant now) {
    return since("withdraws", decision.notAfter().toString(), now);
  }

  void undecided() {
    tree.remove("heldUntil");
    tree.remove("withdraws");
  }
}
