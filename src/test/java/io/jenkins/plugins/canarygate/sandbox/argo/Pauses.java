package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What one reconcile decides about pausing and aborting ({@code rollout/pause.go}). */
final class Pauses {
  private final RolloutView rollout;
  private final Instant now;
  private final Set<String> added = new LinkedHashSet<>();
  private final Set<String> removed = new HashSet<>();
  private boolean cleared;
  private boolean abortAdded;
  private boolean abortRemoved;
  private String abortMessage = "";

  Pauses(RolloutView rollout, Instant now) {
    this.rollout = rollout;
    this.now = now;
  }

  void add(String reason) {
    added.add(reason);
  }

  void remove(String reason) {
    removed.add(reason);
  }

  void clear() {
    cleared = true;
  }

  void abort(String message) {
    abortAdded = true;
    abortMessage = message;
  }

  void removeAbort() {
    abortRemoved = true;
  }

  boolean hasAdded() {
    return !added.isEmpty();
  }

  boolean isAborted() {
    return !abortRemoved && (abortAdded || rollout.isAborted());
  }

  String abortMessage() {
    return abortMessage;
  }

  /** Writes abort, abortedAt, pauseConditions and controllerPause; absent fields are left out. */
  void write(ObjectNode status) {
    if (abortAdded || (!abortRemoved && rollout.isAborted())) {
      status.put("abort", true);
      status.put("abortedAt", rollout.status().path("abortedAt").asText(second(now)));
      return;
    }
    if (!cleared) {
      writeConditions(status);
    }
  }

  private void writeConditions(ObjectNode status) {
    boolean controllerPause = rollout.hasControllerPause();
    ArrayNode conditions = status.arrayNode();
    Set<String> known = new HashSet<>();
    for (JsonNode condition : rollout.status().path("pauseConditions")) {
      String reason = condition.path("reason").asText();
      known.add(reason);
      if (!removed.contains(reason)) {
        conditions.add(condition.deepCopy());
      }
    }
    for (String reason : added) {
      if (known.add(reason)) {
        conditions.addObject().put("reason", reason).put("startTime", second(now));
        controllerPause = true;
      }
    }
    if (!conditions.isEmpty()) {
      if (controllerPause) {
        status.put("controllerPause", true);
      }
      status.set("pauseConditions", conditions);
    }
  }

  /** Whether the pause step is over: somebody cleared its condition, or its time is up. */
  boolean isStepOver(JsonNode pause) {
    Optional<Instant> since = rollout.pausedSince(Names.CANARY_PAUSE);
    if (rollout.hasControllerPause() && since.isEmpty()) {
      return true;
    }
    return pause.has("duration")
        && since.isPresent()
        && !now.isBefore(since.get().plus(duration(pause.path("duration"))));
  }

  /** Whether the pause before a blue/green switch is over. */
  boolean isBlueGreenPauseOver() {
    if (hasAdded()) {
      return false;
    }
    if (rollout.isPreviewScaledUp()) {
      return true;
    }
    Optional<Instant> since = rollout.pausedSince(Names.BLUE_GREEN_PAUSE);
    if (rollout.blueGreen().path("autoPromotionEnabled").asBoolean(true)) {
      int seconds = rollout.blueGreen().path("autoPromotionSeconds").asInt(0);
      return seconds == 0
          || since.filter(start -> !now.isBefore(start.plusSeconds(seconds))).isPresent();
    }
    return rollout.hasControllerPause() && since.isEmpty();
  }

  /** A duration as a pause has it: seconds as a number or in quotes, or {@code 1h30m}. */
  static Duration duration(JsonNode value) {
    String text = value.asText();
    return text.matches("\\d+")
        ? Duration.ofSeconds(Long.parseLong(text))
        : Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
  }

  static String second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
