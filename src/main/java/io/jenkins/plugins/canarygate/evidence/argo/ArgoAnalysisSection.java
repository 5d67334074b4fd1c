package io.jenkins.plugins.canarygate.evidence.argo;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The {@code argo} section of a check: the controller's own analysis, counted, not believed. */
public record ArgoAnalysisSection(
    @JsonPropertyDescription(
            "required: each counted metric of the revision's AnalysisRuns must have a successful"
                + " measurement and have breached no limit.")
        String analysisRuns) {}
