package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The whole gate file, as it is written. These records are where every field, its default and its
 * description stand; the schema and the table of fields are generated from them.
 */
record RawGate(
    @JsonProperty(required = true)
        @Words("canary-gate/v1")
        @JsonPropertyDescription("The form of this file.")
        String apiVersion,
    @JsonProperty(required = true) @Words("Gate") @JsonPropertyDescription("What this file is.")
        String kind,
    @JsonProperty(required = true) @JsonPropertyDescription("What the gate is called.")
        Metadata metadata,
    @JsonProperty(required = true) @JsonPropertyDescription("What the gate does.") Spec spec) {

  /** What the gate is called. */
  record Metadata(
      @JsonProperty(required = true)
          @JsonPropertyDescription("The gate's name, one line of at most 100 characters.")
          String name) {}

  /** What the gate does. */
  record Spec(
      @Unset("none")
          @JsonPropertyDescription(
              "What varies from run to run, by name; ${name} puts a value in where a value is"
                  + " text.")
          Map<String, Parameter> parameters,
      @JsonProperty(required = true) @JsonPropertyDescription("Which rollout, and which revision.")
          RawRollout rollout,
      @Unset("the controller's own gate point")
          @JsonPropertyDescription(
              "Where the gate stands: a pause of an Argo Rollout (the next one); promotion, when"
                  + " Flagger asks; or progressing: while the canary gets traffic, when the gate"
                  + " never promotes.")
          RawRollout.At at,
      @JsonProperty(defaultValue = "{}")
          @JsonPropertyDescription("How the evidence tells the canary from the stable revision.")
          Cohorts cohorts,
      @JsonProperty(defaultValue = "{}")
          @JsonPropertyDescription(
              "What applies to each check that can use it and says nothing else.")
          RawCheck.Defaults defaults,
      @JsonProperty(required = true)
          @JsonPropertyDescription("What is looked at; at least one without dryRun.")
          List<RawCheck> checks,
      @Unset("the worst check decides")
          @JsonPropertyDescription("Lets the weights of the checks decide.")
          Score score,
      @JsonProperty(defaultValue = "promote")
          @Words({"promote", "promoteFully", "none"})
          @JsonPropertyDescription(
              "What is done on PASS. With at: progressing the default is none.")
          String onPass,
      @JsonProperty(defaultValue = "promote")
          @Words({"promote", "promoteFully", "pause", "abort", "none"})
          @JsonPropertyDescription(
              "What is done on WARN. With at: progressing the default is none.")
          String onWarn,
      @JsonProperty(defaultValue = "abort")
          @Words({"abort", "pause", "none"})
          @JsonPropertyDescription("What is done on FAIL.")
          String onFail,
      @JsonProperty(defaultValue = "none")
          @Words(
              value = {"abort", "pause", "none"},
              later = "ask")
          @JsonPropertyDescription("What is done on INCONCLUSIVE.")
          String onInconclusive,
      @JsonProperty(defaultValue = "none")
          @Words({"abort", "pause", "none"})
          @JsonPropertyDescription("What is done on TIMEOUT.")
          String onTimeout,
      @JsonProperty(defaultValue = "none")
          @Words({"abort", "pause", "none"})
          @JsonPropertyDescription("What is done when the build, TaskRun or process is cancelled.")
          String onCancel,
      @JsonProperty(defaultValue = "fail")
          @Words({"fail", "pass"})
          @JsonPropertyDescription(
              "What it means that the controller landed or ignored the revision without a gate"
                  + " point.")
          String onNotGated,
      @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("How long the gate may take.")
          Timeouts timeouts,
      @Brings(Role.GATE) Brought sections) {}

  /** What varies from run to run. */
  record Parameter(
      @Unset("true, unless there is a default")
          @JsonPropertyDescription("Whether each run must give it a value.")
          Boolean required,
      @Unset("none")
          @JsonProperty("default")
          @JsonPropertyDescription("Its value where a run gives none; taken to the letter.")
          Literal defaultValue) {}

  /** How the evidence tells the cohorts apart. */
  record Cohorts(
      @Unset("none") @JsonPropertyDescription("What picks out the canary, source by source.")
          Cohort canary,
      @Unset("none")
          @JsonPropertyDescription("What picks out the stable revision, source by source.")
          Cohort stable) {}

  /** What picks out one cohort. */
  record Cohort(@Brings(Role.COHORT) Brought filters) {}

  /** From which score on a gate passes or warns. */
  record Score(
      @JsonProperty(required = true)
          @JsonPropertyDescription("Percent of the weights that PASS needs.")
          Percent pass,
      @Unset("as pass")
          @JsonPropertyDescription("Percent of the weights that WARN needs; at most pass.")
          Percent warn) {}

  /** How long the gate may take. */
  record Timeouts(
      @JsonProperty(defaultValue = "10m") @JsonPropertyDescription("Until the first gate point.")
          Duration start,
      @JsonProperty(defaultValue = "45m") @JsonPropertyDescription("Everything, landing included.")
          Duration total) {}
}
