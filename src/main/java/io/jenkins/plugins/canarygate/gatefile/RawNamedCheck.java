package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/** One named check, as it is written. What is null comes from the defaults. */
record RawNamedCheck(
    @JsonProperty(required = true)
        @JsonPropertyDescription(
            "Its name, unique in the file: letters, digits, - and _, beginning with a letter.")
        String name,
    @Brings(Role.NAMED) Brought source,
    @Unset("from defaults") @JsonPropertyDescription("How much telemetry a measurement looks at.")
        Duration window,
    @Unset("from defaults")
        @JsonPropertyDescription("How often it is measured while somebody asks for it.")
        Duration interval,
    @Unset("from defaults") @JsonPropertyDescription("How old a value may be.") Duration maxAge,
    @Unset("from defaults")
        @JsonPropertyDescription("How long it is measured on after it was last asked for.")
        Duration idleAfter,
    @Unset("from defaults") @JsonPropertyDescription("Samples that a value needs.")
        RawCheck.Samples minimumSamples) {

  /** Its schedule as a gate's check would have it. */
  RawCheck asCheck() {
    return new RawCheck(
        name,
        source,
        null,
        null,
        null,
        window,
        null,
        interval,
        null,
        null,
        null,
        null,
        minimumSamples,
        null,
        null,
        null,
        null);
  }
}
