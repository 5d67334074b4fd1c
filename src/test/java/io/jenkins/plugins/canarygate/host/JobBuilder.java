package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import java.util.Map;
import java.util.Optional;

/** A job with everything left out that a test does not speak of. */
final class JobBuilder {
  private GateSession session;
  private Optional<RolloutDriver> driver = Optional.empty();
  private Optional<RolloutDriver> urgent = Optional.empty();
  private Map<String, EvidenceSource> sources = Map.of();
  private Optional<Announcer> announcer = Optional.empty();
  private SessionStore store = new MemorySessionStore();
  private GateListener listener = GateListener.NONE;
  private Optional<WakeUps.Topic> topic = Optional.empty();

  JobBuilder(HostClock clock) {
    session = Samples.session(clock);
  }

  JobBuilder session(GateSession from) {
    session = from;
    return this;
  }

  JobBuilder driver(RolloutDriver with) {
    driver = Optional.of(with);
    return this;
  }

  JobBuilder urgentDriver(RolloutDriver with) {
    urgent = Optional.of(with);
    return this;
  }

  JobBuilder sources(Map<String, EvidenceSource> from) {
    sources = from;
    return this;
  }

  JobBuilder announcer(Announcer with) {
    announcer = Optional.of(with);
    return this;
  }

  JobBuilder store(SessionStore in) {
    store = in;
    return this;
  }

  JobBuilder listener(GateListener with) {
    listener = with;
    return this;
  }

  JobBuilder topic(WakeUps.Topic of) {
    topic = Optional.of(of);
    return this;
  }

  GateJob build() {
    return new GateJob(
        Samples.spec(), session, driver, urgent, sources, announcer, store, listener, topic);
  }
}
