package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import java.util.Map;
import java.util.Optional;

/**
 * A gate to run, and what it runs with.
 *
 * @param spec what was asked
 * @param session where it begins or goes on from
 * @param driver drives the rollout; empty where no rollout is needed
 * @param urgentDriver the same over a connection pool of its own, used once the gate was asked to
 *     end (rule A6); empty: {@code driver}
 * @param sources where each check's values come from, by the check's name
 * @param announcer tells an observability service
 * @param store where the state is kept
 * @param listener is told how it goes on
 * @param topic what wakes it early
 */
public record GateJob(
    GateSpec spec,
    GateSession session,
    Optional<RolloutDriver> driver,
    Optional<RolloutDriver> urgentDriver,
    Map<String, EvidenceSource> sources,
    Optional<Announcer> announcer,
    SessionStore store,
    GateListener listener,
    Optional<WakeUps.Topic> topic) {
  public GateJob {
    sources = Map.copyOf(sources);
  }
}
