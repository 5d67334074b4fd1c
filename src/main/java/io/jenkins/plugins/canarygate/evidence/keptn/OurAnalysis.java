package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The Analysis that is created for one measurement. Its name follows from the gate, the check and
 * the moment at which the measurement was first asked for, which the session keeps before anything
 * is asked: a process that goes on from there comes to the same name.
 */
final class OurAnalysis {
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String OURS = "canary-gate";
  static final String GATE = "canary-gate/gate";
  static final String MEASUREMENT = "canary-gate/measurement";

  /** Until when somebody may still want to read it; not there on what is kept. */
  static final String UNTIL = "canary-gate/until";

  private static final String CHECK = "canary-gate/check";
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_IN_NAME = 30;

  private final KeptnGate gate;
  private final String check;
  private final String measurement;

  /**
   * @param since when the measurement was first asked for
   */
  OurAnalysis(KeptnGate gate, String check, Instant since) {
    this.gate = gate;
    this.check = check;
    this.measurement = digest(gate.id() + "\n" + check + "\n" + since.toEpochMilli());
  }

  /** What tells this measurement from all others. */
  String measurement() {
    return measurement;
  }

  String name() {
    return "canary-gate-" + slug(gate.name(), LONGEST_IN_NAME) + "-" + measurement;
  }

  /** What is on everything that gates of this name created. */
  static String selector(KeptnGate gate) {
    return MANAGED_BY + "=" + OURS + "," + GATE + "=" + slug(gate.name(), LONGEST_LABEL);
  }

  /**
   * The object to create.
   *
   * @param version of the API
   * @param window what it looks at; empty where {@code recent} says so
   * @param until see {@link #UNTIL}; empty for what is kept
   */
  ObjectNode body(
      String version, Analysis asked, Optional<Window> window, Optional<Instant> until) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", KeptnKind.GROUP + "/" + version).put("kind", KeptnKind.ANALYSIS.kind());
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("name", name()).put("namespace", asked.namespace());
    metadata
        .putObject("labels")
        .put(MANAGED_BY, OURS)
        .put(GATE, slug(gate.name(), LONGEST_LABEL))
        .put(MEASUREMENT, measurement);
    ObjectNode annotations = metadata.putObject("annotations");
    annotations.put(CHECK, check);
    until.ifPresent(instant -> annotations.put(UNTIL, text(instant)));
    body.set("spec", spec(asked, window));
    return body;
  }

  private static ObjectNode spec(Analysis asked, Optional<Window> window) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    ObjectNode definition = spec.putObject("analysisDefinition").put("name", asked.definition());
    if (asked.definitionNamespace() != null) {
      definition.put("namespace", asked.definitionNamespace());
    }
    ObjectNode timeframe = spec.putObject("timeframe");
    if (asked.recent() != null) {
      timeframe.put("recent", asked.recent().toMillis() + "ms");
    } else {
      Window span =
          window.orElseThrow(() -> new IllegalArgumentException("an Analysis needs a window"));
      timeframe.put("from", text(span.from())).put("to", text(span.to()));
    }
    if (!asked.arguments().isEmpty()) {
      ObjectNode args = spec.putObject("args");
      asked.arguments().forEach(args::put);
    }
    return spec;
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Whether an object was created for this very measurement. */
  boolean owns(JsonNode analysis) {
    JsonNode labels = analysis.path("metadata").path("labels");
    return labels.path(MANAGED_BY).asText("").equals(OURS)
        && labels.path(MEASUREMENT).asText("").equals(measurement);
  }

  /** Whether an object asks what this body asks. */
  static boolean asksTheSame(JsonNode analysis, JsonNode body) {
    JsonNode theirs = analysis.path("spec");
    JsonNode ours = body.path("spec");
    return List.of("name", "namespace").stream()
            .allMatch(field -> same(theirs, ours, "analysisDefinition", field))
        && List.of("from", "to", "recent").stream()
            .allMatch(field -> same(theirs, ours, "timeframe", field))
        && arguments(theirs).equals(arguments(ours));
  }

  private static boolean same(JsonNode theirs, JsonNode ours, String part, String field) {
    return theirs.path(part).path(field).asText("").equals(ours.path(part).path(field).asText(""));
  }

  private static JsonNode arguments(JsonNode spec) {
    return spec.path("args").isObject() ? spec.path("args") : JsonNodeFactory.instance.objectNode();
  }

  private static String slug(String text, int longest) {
    String slug = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    slug = slug.substring(0, Math.min(longest, slug.length())).replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "gate" : slug;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
