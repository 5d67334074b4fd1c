package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CohortFilter;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombGateSection;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusGateSection;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.rollout.DriverSection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gate file that was read and found in order. What varies from run to run has been put in; in the
 * sources' sections and the cohorts' filters the placeholders that are known only while measuring
 * stay, for {@link io.jenkins.plugins.canarygate.evidence.Placeholders#fill}.
 *
 * @param spec what the engine needs to know; its mode is RUN, and its commands by hand name the
 *     file: a front end sets both
 * @param rollout which rollout
 * @param sources what each check asks of its source, by the check's name, in the order of the file
 * @param honeycombCohorts what picks out each cohort at Honeycomb; cohorts without filters are
 *     absent
 * @param honeycomb what Honeycomb is told for the whole gate
 * @param prometheus what is said of Prometheus for the whole gate
 */
public record Gate(
    GateSpec spec,
    DriverSection rollout,
    Map<String, SourceSection> sources,
    Map<Cohort, List<CohortFilter>> honeycombCohorts,
    Optional<HoneycombGateSection> honeycomb,
    Optional<PrometheusGateSection> prometheus) {
  public Gate {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    honeycombCohorts = Map.copyOf(honeycombCohorts);
  }
}
