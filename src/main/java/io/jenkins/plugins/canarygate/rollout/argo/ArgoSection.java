package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The {@code rollout.argo} section of the gate file. */
public record ArgoSection(
    @JsonProperty(required = true) @JsonPropertyDescription("The namespace of the Rollout.")
        String namespace,
    @JsonProperty(required = true) @JsonPropertyDescription("The name of the Rollout.")
        String name) {}
