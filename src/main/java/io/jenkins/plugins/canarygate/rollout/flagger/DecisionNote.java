package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the annotation {@value Decision#ANNOTATION} says. It is read strictly: what is not exactly a
 * decision of ours is none, and why is said.
 *
 * @param present whether the annotation is there at all
 * @param decision the decision it holds
 * @param fault why it holds none although it is there, in one line; empty otherwise
 */
public record DecisionNote(boolean present, Optional<Decision> decision, String fault) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String DIGEST = "sha256:[0-9a-f]{64}";

  /** The fields in the order in which faults are named, and what each text must look like. */
  private static final Map<String, Pattern> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("gate", Pattern.compile("[\\x21-\\x7e]{1,253}"));
    TEXTS.put("action", Pattern.compile("promote|abort"));
    TEXTS.put("uid", Pattern.compile("[\\x21-\\x7e]{1,128}"));
    TEXTS.put("lastAppliedSpec", Pattern.compile("[\\x21-\\x7e]{0,128}"));
    TEXTS.put("trackedConfigs", Pattern.compile(DIGEST));
    TEXTS.put("template", Pattern.compile(DIGEST));
    TEXTS.put("notAfter", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
  }

  /** Reads a Canary's annotation. */
  public static DecisionNote of(CanaryView canary) {
    return canary
        .annotation(Decision.ANNOTATION)
        .map(DecisionNote::of)
        .orElse(new DecisionNote(false, Optional.empty(), ""));
  }

  /** Reads the annotation's text. */
  public static DecisionNote of(String text) {
    if (text.length() > Decision.LARGEST) {
      return none("it is longer than " + Decision.LARGEST + " characters");
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return none("it is not one JSON object");
    }
    Optional<String> fault = fault(tree);
    if (fault.isPresent()) {
      return none(fault.get());
    }
    try {
      return new DecisionNote(true, Optional.of(Decision.read(tree)), "");
    } catch (DateTimeParseException e) {
      return none("its notAfter is no moment");
    }
  }

  private static Optional<String> fault(JsonNode tree) {
    if (tree == null || !tree.isObject()) {
      return Optional.of("it is not one JSON object");
    }
    if (!tree.path("version").isInt() || tree.path("version").intValue() != Decision.VERSION) {
      return Optional.of("its version is not " + Decision.VERSION);
    }
    for (var field : TEXTS.entrySet()) {
      JsonNode value = tree.path(field.getKey());
      if (!value.isTextual() || !field.getValue().matcher(value.textValue()).matches()) {
        return Optional.of("its field " + field.getKey() + " is missing or wrong");
      }
    }
    return tree.size() == TEXTS.size() + 1
        ? Optional.empty()
        : Optional.of("it has a field that no decision has");
  }

  private static DecisionNote none(String fault) {
    return new DecisionNote(
        true, Optional.empty(), "the annotation " + Decision.ANNOTATION + " is ignored: " + fault);
  }

  /** Whether it holds a decision for what is there now, expired or not. */
  public Optional<Decision> fitting(Binding live) {
    return decision.filter(found -> found.binding().mismatch(live).isEmpty());
  }

  /** The decision, if it has not expired. */
  public Optional<Decision> unexpired(Instant now) {
    return decision.filter(found -> !found.expired(now));
  }
}
