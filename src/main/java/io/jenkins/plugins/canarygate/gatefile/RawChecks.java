package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The whole file of named checks, as it is written. These records are where every field, its
 * default and its description stand; the schema and the table of fields are generated from them.
 */
record RawChecks(
    @JsonProperty(required = true)
        @Words("canary-gate/v1")
        @JsonPropertyDescription("The form of this file.")
        String apiVersion,
    @JsonProperty(required = true) @Words("Checks") @JsonPropertyDescription("What this file is.")
        String kind,
    @JsonProperty(required = true) @JsonPropertyDescription("What can be asked for.") Spec spec) {

  /** What can be asked for. */
  record Spec(
      @Unset("none")
          @JsonPropertyDescription(
              "What a caller may give, by name; ${name} puts the value in where a check asks its"
                  + " source. ${namespace} is always there.")
          Map<String, Argument> arguments,
      @JsonProperty(defaultValue = "{}")
          @JsonPropertyDescription(
              "What applies to each check that can use it and says nothing else.")
          Defaults defaults,
      @JsonProperty(required = true) @JsonPropertyDescription("The checks; at least one.")
          List<RawNamedCheck> checks) {}

  /** What a caller may give. */
  record Argument(
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "A regular expression that the whole value must match. No value may have quotes,"
                  + " backslashes or control characters, or more than 253 characters.")
          String pattern) {}

  /** What applies to each check that can use it and says nothing else. */
  record Defaults(
      @JsonProperty(defaultValue = "5m")
          @JsonPropertyDescription(
              "How much telemetry a measurement looks at; whole minutes for Honeycomb.")
          Duration window,
      @JsonProperty(defaultValue = "1m")
          @JsonPropertyDescription(
              "How often a check is measured while somebody asks for it; at least 1m for"
                  + " Honeycomb.")
          Duration interval,
      @Unset("the interval and 1m")
          @JsonPropertyDescription(
              "How old a value may be; an older one is no evidence. At least the interval and 30s.")
          Duration maxAge,
      @JsonProperty(defaultValue = "15m")
          @JsonPropertyDescription(
              "How long a check is measured on after it was last asked for; longer than its callers'"
                  + " own interval.")
          Duration idleAfter,
      @Unset("no minimum")
          @JsonPropertyDescription(
              "Samples that a value needs: a number, or {stored: number}; 0 for no minimum.")
          RawCheck.Samples minimumSamples) {}
}
