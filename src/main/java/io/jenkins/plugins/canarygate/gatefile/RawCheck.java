package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.check.Criterion;
import java.time.Duration;
import java.util.List;

/** One check, as it is written. What is null comes from the defaults. */
record RawCheck(
    @JsonProperty(required = true)
        @JsonPropertyDescription(
            "Its name, unique in the gate, one line of at most 100 characters.")
        String name,
    @Brings(Role.SOURCE) Brought source,
    @Unset("none")
        @OneOrMany
        @JsonPropertyDescription(
            "When a measurement is bad: any of the list, all of one entry. Tested first.")
        List<Entry> fail,
    @Unset("none")
        @OneOrMany
        @JsonPropertyDescription("When a measurement that is not bad is doubtful.")
        List<Entry> warn,
    @Unset("none") @OneOrMany @JsonPropertyDescription("In place of fail: what is not this is bad.")
        List<Entry> pass,
    @Unset("from defaults") @JsonPropertyDescription("How much telemetry a measurement looks at.")
        Duration window,
    @Unset("from defaults")
        @JsonPropertyDescription("From the start of judging to the first measurement.")
        Duration initialDelay,
    @Unset("from defaults") @JsonPropertyDescription("Between two measurements.") Duration interval,
    @Unset("from defaults") @JsonPropertyDescription("Measurements that make it whole.")
        Integer count,
    @Unset("from defaults") @JsonPropertyDescription("Bad measurements that are borne.")
        Integer failureLimit,
    @Unset("from defaults") @JsonPropertyDescription("Inconclusive measurements that are borne.")
        Integer inconclusiveLimit,
    @Unset("from defaults") @JsonPropertyDescription("Errors in a row that are borne.")
        Integer consecutiveErrorLimit,
    @Unset("from defaults") @JsonPropertyDescription("Samples that each cohort's value needs.")
        Samples minimumSamples,
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("Its share of a score.")
        Double weight,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("With a score: failing it fails the gate.")
        Boolean key,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("The gate can pass without evidence from it.")
        Boolean optional,
    @JsonProperty(defaultValue = "false") @JsonPropertyDescription("Shown, not counted.")
        Boolean dryRun) {

  /** One entry of a criterion: all that it says must hold. */
  record Entry(
      @Unset("none")
          @Alone
          @JsonPropertyDescription("About the canary's value; may stand alone, as \"> 1%\".")
          Criterion value,
      @Unset("none") @JsonPropertyDescription("About the canary's value divided by the stable one.")
          Criterion ratio,
      @Unset("none") @JsonPropertyDescription("About the canary's value less the stable one.")
          Criterion difference) {}

  /** How many samples a value needs. */
  record Samples(
      @Alone(only = true) @Unset("") Integer counted,
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "Events that are stored, in place of events counted, which a sampling rate"
                  + " multiplies; costs a second query.")
          Integer stored) {}

  /** What applies to each check that can use it and says nothing else. */
  record Defaults(
      @JsonProperty(defaultValue = "5m")
          @JsonPropertyDescription(
              "How much telemetry a measurement looks at; whole minutes for Honeycomb.")
          Duration window,
      @JsonProperty(defaultValue = "0s")
          @JsonPropertyDescription("From the start of judging to the first measurement.")
          Duration initialDelay,
      @JsonProperty(defaultValue = "1m")
          @JsonPropertyDescription("Between two measurements; at least 1m for Honeycomb.")
          Duration interval,
      @JsonProperty(defaultValue = "1")
          @JsonPropertyDescription("Measurements that make a check whole; at least 1.")
          Integer count,
      @JsonProperty(defaultValue = "0")
          @JsonPropertyDescription("More bad measurements than this fail a check.")
          Integer failureLimit,
      @JsonProperty(defaultValue = "0")
          @JsonPropertyDescription(
              "More inconclusive measurements than this leave a check without evidence.")
          Integer inconclusiveLimit,
      @JsonProperty(defaultValue = "4")
          @JsonPropertyDescription(
              "More errors in a row than this leave a check without evidence; an error is tried"
                  + " again after 10s.")
          Integer consecutiveErrorLimit,
      @Unset("no minimum")
          @JsonPropertyDescription(
              "Samples that each cohort's value needs: a number, or {stored: number}; 0 for no"
                  + " minimum.")
          Samples minimumSamples) {}
}
