package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The {@code rollout.argo} section of the gate file. */
public record ArgoSection(
    @JsonPropertyDescription("The namespace of the Rollout.") String namespace,
    @JsonPropertyDescription("The name of the Rollout.") String name) {}
