package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a gate runs with.
 *
 * @param driver drives the rollout; empty where none is needed
 * @param urgentDriver the same over connections of its own (rule A6)
 * @param sources where each check's values come from, by the check's name
 * @param announcer tells an observability service
 * @param topic what wakes the gate early
 * @param needs what it will need of others, a line each
 * @param closing what is closed with it, the last first
 */
record Wired(
    Optional<RolloutDriver> driver,
    Optional<RolloutDriver> urgentDriver,
    Map<String, EvidenceSource> sources,
    Optional<Announcer> announcer,
    Optional<WakeUps.Topic> topic,
    List<String> needs,
    List<Runnable> closing)
    implements AutoCloseable {
  Wired {
    sources = Map.copyOf(sources);
    needs = List.copyOf(needs);
    closing = List.copyOf(closing);
  }

  @Override
  public void close() {
    List<Runnable> lastFirst = new ArrayList<>(closing);
    Collections.reverse(lastFirst);
    lastFirst.forEach(Runnable::run);
  }
}
