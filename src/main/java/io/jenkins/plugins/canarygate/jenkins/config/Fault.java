package io.jenkins.plugins.canarygate.jenkins.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What keeps a configuration from being saved.
 *
 * @param field the field of the whole configuration that it is in
 * @param message what is wrong, where, and what to do
 */
record Fault(String field, String message) {

  static Optional<Fault> ofClusters(List<ClusterConfiguration> clusters) {
    return first("clusters", clusters, ClusterConfiguration::getName, Fault::rules);
  }

  static Optional<Fault> ofHoneycombs(List<HoneycombConfiguration> honeycombs) {
    return first("honeycombs", honeycombs, HoneycombConfiguration::getName, Fault::rules);
  }

  static Optional<Fault> ofPrometheusServers(List<PrometheusConfiguration> servers) {
    return first("prometheusServers", servers, PrometheusConfiguration::getName, Fault::rules);
  }

  /** What keeps a server from being asked, whatever it is called and whoever may ask it. */
  static Optional<Fault> inUseOf(PrometheusConfiguration server) {
    return rules(server)
        .skip(1)
        .filter(FormRules.Rule::wrong)
        .flatMap(rule -> rule.message().stream())
        .findFirst()
        .map(message -> new Fault("prometheusServers", message));
  }

  /** A floor that permits no reaction would refuse every gate without a word of why. */
  static Optional<Fault> ofFloor(PolicyFloorConfiguration floor) {
    return floor.isOnFailAbort() || floor.isOnFailPause() || floor.isOnFailNone()
        ? Optional.empty()
        : Optional.of(new Fault("policyFloor", Messages.PolicyFloor_nothing()));
  }

  private static Stream<FormRules.Rule> rules(ClusterConfiguration cluster) {
    return Stream.concat(
        Stream.of(
            FormRules.name(cluster.getName()),
            FormRules.address(cluster.getServer()),
            FormRules.certificate(cluster.getCertificate())),
        cluster.getAllowances().stream()
            .flatMap(
                allowance ->
                    Stream.of(
                        FormRules.jobs(allowance.getJobs()),
                        FormRules.namespaces(allowance.getNamespaces()))));
  }

  private static Stream<FormRules.Rule> rules(HoneycombConfiguration environment) {
    return Stream.of(
        FormRules.name(environment.getName()),
        FormRules.address(environment.getUrl()),
        FormRules.jobs(environment.getJobs()));
  }

  private static Stream<FormRules.Rule> rules(PrometheusConfiguration server) {
    return Stream.of(
        FormRules.name(server.getName()),
        FormRules.prometheus(server.getUrl(), !server.getCredentialsId().isEmpty()),
        FormRules.tenant(server.getTenant()),
        FormRules.tenantHeader(server.getTenantHeader(), server.getTenant()),
        FormRules.jobs(server.getJobs()));
  }

  private static <T> Optional<Fault> first(
      String field,
      List<T> all,
      Function<T, String> nameOf,
      Function<T, Stream<FormRules.Rule>> rules) {
    Set<String> seen = new HashSet<>();
    for (T each : all) {
      String name = nameOf.apply(each);
      Optional<String> message =
          rules
              .apply(each)
              .filter(FormRules.Rule::wrong)
              .flatMap(rule -> rule.message().stream())
              .findFirst()
              .map(what -> name + ": " + what);
      if (message.isEmpty() && !seen.add(name)) {
        message = Optional.of(Messages.Configuration_twice(name));
      }
      if (message.isPresent()) {
        return Optional.of(new Fault(field, message.get()));
      }
    }
    return Optional.empty();
  }
}
