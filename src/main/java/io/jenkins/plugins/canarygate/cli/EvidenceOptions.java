package io.jenkins.plugins.canarygate.cli;

import picocli.CommandLine.Mixin;

/** How the services that evidence comes from are reached; never in the gate file. */
final class EvidenceOptions {
  @Mixin private HoneycombOptions honeycomb = new HoneycombOptions();
  @Mixin private PrometheusOptions prometheus = new PrometheusOptions();

  EvidenceOptions() {}

  /**
   * @param prometheus in place of flags
   */
  EvidenceOptions(PrometheusOptions prometheus) {
    this.prometheus = prometheus;
  }

  HoneycombOptions honeycomb() {
    return honeycomb;
  }

  PrometheusOptions prometheus() {
    return prometheus;
  }
}
