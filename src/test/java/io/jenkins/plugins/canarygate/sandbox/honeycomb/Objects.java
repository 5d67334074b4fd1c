package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.http.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SLOs, triggers and markers. */
final class Objects {
  private final InstantSource clock;
  private final Map<String, ObjectNode> slos = new LinkedHashMap<>();
  private final Map<String, ObjectNode> triggers = new LinkedHashMap<>();
  private final Map<String, ObjectNode> markers = new LinkedHashMap<>();

  Objects(InstantSource clock) {
    this.clock = clock;
  }

  private static String key(String slug, String id) {
    return slug + "/" + id;
  }

  synchronized void slo(String slug, String id, ObjectNode slo) {
    slos.put(key(slug, id), slo);
  }

  synchronized void trigger(String slug, String id, ObjectNode trigger) {
    triggers.put(key(slug, id), trigger);
  }

  synchronized List<ObjectNode> markers() {
    return markers.values().stream().map(ObjectNode::deepCopy).toList();
  }

  synchronized Answer getSlo(String slug, String id, boolean detailed) {
    ObjectNode slo = slos.get(key(slug, id));
    if (slo == null) {
      return Problem.notFound("SLO not found");
    }
    return Answer.json(
        200,
        detailed
            ? slo
            : slo.deepCopy()
                .without(List.of("compliance", "budget_remaining", "status", "burn_rate")));
  }

  synchronized Answer getTrigger(String slug, String id) {
    ObjectNode trigger = triggers.get(key(slug, id));
    return trigger == null ? Problem.notFound("trigger not found") : Answer.json(200, trigger);
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  synchronized Answer createMarker(String slug, Request request) {
    ObjectNode marker = (ObjectNode) Json.read(request.body());
    if (!marker.has("start_time")) {
      marker.put("start_time", Instant.parse(now()).getEpochSecond());
    }
    String id = String.format("%06x", 0xabc000 + markers.size());
    marker.put("id", id).put("created_at", now()).put("updated_at", now());
    markers.put(key(slug, id), marker);
    return Answer.json(201, marker);
  }

  synchronized Answer updateMarker(String slug, String id, Request request) {
    ObjectNode marker = markers.get(key(slug, id));
    if (marker == null) {
      return Problem.notFound("marker not found");
    }
    ObjectNode update = (ObjectNode) Json.read(request.body());
    update.remove(List.of("id", "created_at", "updated_at"));
    marker.setAll(update);
    marker.put("updated_at", now());
    return Answer.json(200, marker);
  }

  synchronized Answer deleteMarker(String slug, String id) {
    ObjectNode marker = markers.remove(key(slug, id));
    return marker == null ? Problem.notFound("marker not found") : Answer.json(200, marker);
  }
}
