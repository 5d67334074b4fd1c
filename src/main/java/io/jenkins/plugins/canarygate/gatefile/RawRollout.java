package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Which rollout a gate is for, as it is written. */
record RawRollout(
    @Unset("the front end's own choice")
        @JsonPropertyDescription(
            "A kubeconfig context, or a cluster that Jenkins' administrator named.")
        String cluster,
    @JsonProperty(required = true)
        @JsonPropertyDescription("The revision that is judged: an image, or the word any.")
        Revision revision,
    @Brings(Role.DRIVER) Brought driver) {

  /** The revision that is judged. */
  record Revision(
      @Alone(only = true) @Words("any") @Unset("") String word,
      @JsonProperty(required = true)
          @JsonPropertyDescription("The image that was deployed, compared to the letter.")
          String image,
      @Unset("any container") @JsonPropertyDescription("The container that runs it.")
          String container) {}

  /** At which point of the rollout the gate stands. */
  record At(
      @Alone(only = true) @Words({"progressing", "promotion"}) @Unset("") String word,
      @Unset("next, unless there is a step")
          @Words({"next", "each"})
          @JsonPropertyDescription("The next indefinite pause, or each one until it has landed.")
          String pause,
      @Unset("none")
          @JsonPropertyDescription("The pause at this step, counted from 0, in place of pause.")
          Integer step,
      @JsonProperty(defaultValue = "false")
          @JsonPropertyDescription(
              "Holds a timed pause by spec.paused while it is judged; without, only indefinite"
                  + " pauses are gate points.")
          Boolean hold) {}
}
