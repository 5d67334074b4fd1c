package io.jenkins.plugins.canarygate.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the rollout when evidence is asked for.
 *
 * @param now the gate's clock
 * @param trafficSince when the canary got its traffic (rule M5)
 * @param cohorts the names of the cohorts, as far as they are known
 * @param memory the driver's notes, for evidence that comes from the same controller; an empty
 *     object where there is no driver
 */
public record EvidenceContext(
    Instant now,
    Optional<Instant> trafficSince,
    Map<Cohort, CohortNames> cohorts,
    JsonNode memory) {}
