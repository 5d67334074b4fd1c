package io.jenkins.plugins.canarygate.harness;

import io.jenkins.plugins.canarygate.jenkins.config.AllowanceConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.ClusterConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.HoneycombConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.LimitsConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.PolicyFloorConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.PrometheusConfiguration;
import java.util.List;

/** A configuration in which nothing is as it is by default. */
final class Configured {
  private Configured() {}

  static CanaryGateConfiguration everything() {
    CanaryGateConfiguration configuration = CanaryGateConfiguration.get();
    ClusterConfiguration prod =
        Administrator.cluster(
            "prod", "https://kubernetes.example:6443", Administrator.TOKEN, looking());
    prod.setAllowances(List.of(looking(), Administrator.everything()));
    ClusterConfiguration inside = new ClusterConfiguration("inside");
    inside.setServiceAccount(true);
    configuration.setClusters(List.of(prod, inside));
    HoneycombConfiguration eu = new HoneycombConfiguration("eu");
    eu.setRegion("eu");
    eu.setCredentialsId(Administrator.KEY);
    eu.setResultsPerMinute(7);
    eu.setJobs("shop/**\nbank/*");
    HoneycombConfiguration own = new HoneycombConfiguration("own");
    own.setUrl("https://honeycomb.example");
    configuration.setHoneycombs(List.of(eu, own));
    PrometheusConfiguration main = new PrometheusConfiguration("main");
    main.setUrl("https://prometheus.example");
    main.setCredentialsId(Administrator.PASSWORD);
    main.setJobs("shop/**\nbank/*");
    PrometheusConfiguration metrics = new PrometheusConfiguration("metrics");
    metrics.setUrl("https://mimir.example/prometheus");
    metrics.setTenant("shop");
    metrics.setTenantHeader("X-Scope-OrgID");
    configuration.setPrometheusServers(List.of(main, metrics));
    PolicyFloorConfiguration floor = new PolicyFloorConfiguration();
    floor.setCountedChecks(3);
    floor.setOnFailNone(false);
    floor.setOnFailPause(false);
    floor.setOptionalChecks(false);
    configuration.setPolicyFloor(floor);
    LimitsConfiguration limits = new LimitsConfiguration();
    limits.setTotalMinutes(90);
    limits.setGates(500);
    configuration.setLimits(limits);
    configuration.setActingStopped(true);
    return configuration;
  }

  /** A job that may judge, also by Analyses, and do nothing. */
  private static AllowanceConfiguration looking() {
    AllowanceConfiguration allowance = new AllowanceConfiguration("bank/*", "bank\nbank-*");
    allowance.setAnalyses(true);
    return allowance;
  }

  /** As on the first day. */
  static void nothing() {
    CanaryGateConfiguration configuration = CanaryGateConfiguration.get();
    configuration.setClusters(List.of());
    configuration.setHoneycombs(List.of());
    configuration.setPrometheusServers(List.of());
    configuration.setPolicyFloor(new PolicyFloorConfiguration());
    configuration.setLimits(new LimitsConfiguration());
    configuration.setActingStopped(false);
  }
}
