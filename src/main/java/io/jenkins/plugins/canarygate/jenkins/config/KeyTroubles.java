package io.jenkins.plugins.canarygate.jenkins.config;

import io.jenkins.plugins.canarygate.jenkins.config.KeyRules.Use;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with the credentials that the settings name. Every page of an administrator's asks,
 * and a store may be on another machine: so the answer is kept for a while.
 */
final class KeyTroubles {
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final KeyRing keys;
  private final InstantSource clock;
  private List<String> asked = List.of();
  private List<Trouble> found = List.of();
  private Instant until = Instant.MIN;

  KeyTroubles(KeyRing keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  synchronized List<Trouble> of(Settings settings) {
    List<String> ids = ids(settings);
    if (!ids.equals(asked) || !clock.instant().isBefore(until)) {
      found = look(settings);
      asked = ids;
      until = clock.instant().plus(KEPT);
    }
    return found;
  }

  /** What the answer depends on. */
  private static List<String> ids(Settings settings) {
    List<String> ids = new ArrayList<>();
    settings.clusters().forEach(c -> ids.add(c.name() + c.serviceAccount() + c.credentialsId()));
    settings.honeycombs().forEach(h -> ids.add(h.name() + h.credentialsId()));
    settings.prometheusServers().forEach(p -> ids.add(p.name() + p.credentialsId()));
    return ids;
  }

  private List<Trouble> look(Settings settings) {
    List<Trouble> troubles = new ArrayList<>();
    for (ClusterSettings cluster : settings.clusters()) {
      if (!cluster.serviceAccount()) {
        wrong(cluster.credentialsId(), Use.CLUSTER)
            .map(why -> new Trouble(Messages.Trouble_cluster(cluster.name()), why))
            .ifPresent(troubles::add);
      }
    }
    for (HoneycombSettings environment : settings.honeycombs()) {
      wrong(environment.credentialsId(), Use.HONEYCOMB)
          .map(why -> new Trouble(Messages.Trouble_honeycomb(environment.name()), why))
          .ifPresent(troubles::add);
    }
    for (PrometheusSettings server : settings.prometheusServers()) {
      wrong(server.credentialsId(), Use.PROMETHEUS)
          .map(why -> new Trouble(Messages.Trouble_prometheus(server.name()), why))
          .ifPresent(troubles::add);
    }
    return List.copyOf(troubles);
  }

  /**
   * What is wrong with a credential; one that is not chosen may be brought by each build, or is not
   * needed.
   */
  private Optional<String> wrong(String id, Use use) {
    return id.isEmpty() ? Optional.empty() : KeyRules.found(id, use, keys).message();
  }
}
