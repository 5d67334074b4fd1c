package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Revision;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of the Rollout's revisions the gate is for (rules R1, D6, AR1). */
final class RevisionReader {
  /**
   * What came of it.
   *
   * @param hash the gate's revision; empty while it has not come
   * @param current whether it is the current one
   * @param replaced whether it was there, and another one took its place before it landed
   * @param waiting what is there instead, where the revision has not come
   */
  record Ours(Optional<String> hash, boolean current, boolean replaced, String waiting) {
    boolean is(String other) {
      return hash.isPresent() && hash.get().equals(other);
    }
  }

  private final RevisionAsked asked;

  RevisionReader(RevisionAsked asked) {
    this.asked = asked;
  }

  /** Finds the gate's revision, and notes it. */
  Ours read(RolloutStatus rollout, Optional<Fence> fence, Notes notes) {
    Optional<String> ours =
        fence
            .map(Fence::revision)
            .or(() -> asked.isAny() ? any(rollout, notes) : byImage(rollout, notes));
    ours.ifPresent(notes::ours);
    if (ours.isEmpty()) {
      return new Ours(ours, false, false, instead(rollout, notes));
    }
    boolean current = ours.get().equals(rollout.hash());
    boolean landed = ours.get().equals(rollout.stable());
    return new Ours(
        ours, current, !current && !landed, current || landed ? "" : instead(rollout, notes));
  }

  /** What is current at the first look is old, unless it is in progress (rule D6). */
  private static Optional<String> any(RolloutStatus rollout, Notes notes) {
    if (notes.ours().isPresent() || rollout.hash().isEmpty()) {
      return notes.ours();
    }
    if (notes.old().isEmpty()) {
      if (!rollout.settled()) {
        return Optional.empty();
      }
      boolean done = rollout.hash().equals(rollout.stable()) || rollout.abort();
      if (!done || notes.wasAbsent()) {
        return Optional.of(rollout.hash());
      }
      notes.old(rollout.hash());
    }
    return notes.old().get().equals(rollout.hash())
        ? Optional.empty()
        : Optional.of(rollout.hash());
  }

  private Optional<String> byImage(RolloutStatus rollout, Notes notes) {
    // Before the fence the image decides: a change of anything else makes a new hash of ours.
    if (matches(rollout.hash(), notes)) {
      return Optional.of(rollout.hash());
    }
    if (notes.ours().isPresent()) {
      return notes.ours();
    }
    return matches(rollout.stable(), notes) ? Optional.of(rollout.stable()) : Optional.empty();
  }

  private boolean matches(String hash, Notes notes) {
    String image = asked.image().orElseThrow();
    return notes.images(hash).orElse(Map.of()).entrySet().stream()
        .filter(entry -> asked.container().map(entry.getKey()::equals).orElse(true))
        .anyMatch(entry -> entry.getValue().equals(image));
  }

  /** The current revision as the controller sees it. */
  Optional<Revision> current(RolloutStatus rollout, Notes notes) {
    return rollout.hash().isEmpty()
        ? Optional.empty()
        : Optional.of(new Revision(rollout.hash(), images(rollout.hash(), notes)));
  }

  private static String images(String hash, Notes notes) {
    return notes.images(hash).orElse(Map.of()).values().stream()
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String instead(RolloutStatus rollout, Notes notes) {
    if (rollout.hash().isEmpty()) {
      return "waiting for " + asked + ": the controller has not looked at the Rollout yet";
    }
    String images = images(rollout.hash(), notes);
    String there = rollout.hash() + (images.isEmpty() ? "" : " (" + images + ")");
    if (asked.isAny()) {
      return rollout.settled()
          ? "waiting for another revision than "
              + there
              + ", which was "
              + (rollout.abort() ? "aborted" : "there")
              + " at the first look"
          : "waiting for the controller to see the Rollout as it is written";
    }
    if (images.isEmpty()) {
      return "waiting for " + asked + ": the ReplicaSet of " + there + " was not found";
    }
    return "waiting for " + asked + ": the current revision is " + there + hint(rollout, notes);
  }

  /** The commonest reasons why a revision that is there is not recognized (rule R1). */
  private String hint(RolloutStatus rollout, Notes notes) {
    String image = asked.image().orElse("");
    Map<String, String> images = notes.images(rollout.hash()).orElse(Map.of());
    if (asked.container().isPresent() && !images.containsKey(asked.container().get())) {
      return "; it has no container "
          + asked.container().get()
          + ", only "
          + String.join(", ", images.keySet());
    }
    boolean sameName = images.values().stream().anyMatch(found -> name(found).equals(name(image)));
    boolean otherForm =
        images.values().stream()
            .filter(found -> name(found).equals(name(image)))
            .anyMatch(found -> found.contains("@") != image.contains("@"));
    if (sameName && otherForm) {
      return "; a tag and a digest are no match: name the image exactly as the Rollout has it";
    }
    return "";
  }

  private static String name(String image) {
    String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
