package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.time.InstantSource;
import java.util.Optional;

/** Asks webhooks, in their order ({@code controller/scheduler_hooks.go}, {@code events.go}). */
final class Hooks {
  private final Webhook webhook = new Webhook();
  private final InstantSource clock;
  private final Statuses statuses;
  private final java.util.function.BiConsumer<CanaryView, String> told;

  /**
   * Asks webhooks.
   *
   * @param told hears of every event
   */
  Hooks(
      InstantSource clock,
      Statuses statuses,
      java.util.function.BiConsumer<CanaryView, String> told) {
    this.clock = clock;
    this.statuses = statuses;
    this.told = told;
  }

  /** Something worth an event, which goes to the webhooks of type event as well. */
  void info(CanaryView canary, String message, Object... values) {
    event(canary, "Normal", message.formatted(values));
  }

  void warn(CanaryView canary, String message, Object... values) {
    event(canary, "Warning", message.formatted(values));
  }

  private void event(CanaryView canary, String type, String message) {
    told.accept(canary, message);
    for (JsonNode hook : canary.hooks("event")) {
      ObjectNode metadata = Json.object();
      metadata.setAll((ObjectNode) Json.object().setAll(asObject(hook.path("metadata"))));
      metadata.put("eventMessage", message).put("eventType", type);
      metadata.put("timestamp", Long.toString(clock.instant().toEpochMilli()));
      webhook.call(canary, canary.phase(), hook, Optional.of(metadata));
    }
  }

  private static ObjectNode asObject(JsonNode node) {
    return node instanceof ObjectNode object ? object : Json.object();
  }

  private Optional<String> ask(CanaryView canary, String phase, JsonNode hook) {
    return webhook.call(canary, phase, hook, Optional.empty());
  }

  private static String name(JsonNode hook) {
    return hook.path("name").asText();
  }

  boolean confirmTrafficIncrease(CanaryView canary) {
    for (JsonNode hook : canary.hooks("confirm-traffic-increase")) {
      if (ask(canary, Phase.PROGRESSING, hook).isPresent()) {
        warn(
            canary,
            "Halt %s advancement waiting for traffic increase approval %s",
            canary.label(),
            name(hook));
        return false;
      }
      info(canary, "Confirm-traffic-increase check %s passed", name(hook));
    }
    return true;
  }

  boolean confirmRollout(CanaryView canary) {
    for (JsonNode hook : canary.hooks("confirm-rollout")) {
      if (ask(canary, canary.phase(), hook).isPresent()) {
        if (!canary.isIn(Phase.WAITING)) {
          statuses.phase(canary, Phase.WAITING);
          warn(canary, "Halt %s advancement waiting for approval %s", canary.label(), name(hook));
        }
        return false;
      }
      info(canary, "Confirm-rollout check %s passed", name(hook));
    }
    return true;
  }

  boolean confirmPromotion(CanaryView canary) {
    for (JsonNode hook : canary.hooks("confirm-promotion")) {
      if (ask(canary, Phase.PROGRESSING, hook).isPresent()) {
        if (canary.isIn(Phase.WAITING_PROMOTION)) {
          statuses.iterations(canary, canary.plannedIterations() - 1);
        } else {
          statuses.phase(canary, Phase.WAITING_PROMOTION);
          warn(
              canary,
              "Halt %s advancement waiting for promotion approval %s",
              canary.label(),
              name(hook));
        }
        return false;
      }
      info(canary, "Confirm-promotion check %s passed", name(hook));
    }
    return true;
  }

  boolean preRollout(CanaryView canary) {
    for (JsonNode hook : canary.hooks("pre-rollout")) {
      Optional<String> no = ask(canary, Phase.PROGRESSING, hook);
      if (no.isPresent()) {
        warn(
            canary,
            "Halt %s advancement pre-rollout check %s failed %s",
            canary.label(),
            name(hook),
            no.get());
        return false;
      }
      info(canary, "Pre-rollout check %s passed", name(hook));
    }
    return true;
  }

  boolean rollout(CanaryView canary) {
    for (JsonNode hook : canary.rolloutHooks()) {
      Optional<String> no = ask(canary, Phase.PROGRESSING, hook);
      if (no.isPresent()) {
        warn(
            canary,
            "Halt %s advancement external check %s failed %s",
            canary.label(),
            name(hook),
            no.get());
        return false;
      }
    }
    return true;
  }

  void postRollout(CanaryView canary, String phase) {
    for (JsonNode hook : canary.hooks("post-rollout")) {
      Optional<String> no = ask(canary, phase, hook);
      if (no.isPresent()) {
        warn(canary, "Post-rollout hook %s failed %s", name(hook), no.get());
        return;
      }
      info(canary, "Post-rollout check %s passed", name(hook));
    }
  }

  /** Whether one of them wants it taken back. */
  boolean rollback(CanaryView canary) {
    for (JsonNode hook : canary.hooks("rollback")) {
      if (ask(canary, canary.phase(), hook).isEmpty()) {
        warn(canary, "Rollback check %s passed", name(hook));
        return true;
      }
      info(canary, "Rollback hook %s not signaling a rollback", name(hook));
    }
    return false;
  }
}
