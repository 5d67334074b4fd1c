package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.host.GateJob;
import io.jenkins.plugins.canarygate.host.GateListener;
import io.jenkins.plugins.canarygate.host.SessionStore;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What a gate runs with.
 *
 * @param driver drives the rollout; empty where none is needed
 * @param urgentDriver the same over connections of its own (rule A6)
 * @param sources where each check's values come from, by the check's name
 * @param announcer tells an observability service
 * @param topic what wakes the gate early
 * @param needs what it will need of others, a line each
 */
public record Wired(
    Optional<RolloutDriver> driver,
    Optional<RolloutDriver> urgentDriver,
    Map<String, EvidenceSource> sources,
    Optional<Announcer> announcer,
    Optional<WakeUps.Topic> topic,
    List<String> needs) {
  public Wired {
    sources = Map.copyOf(sources);
    needs = List.copyOf(needs);
  }

  /** The same, with something around each driver. */
  public Wired around(UnaryOperator<RolloutDriver> drivers) {
    return new Wired(
        driver.map(drivers), urgentDriver.map(drivers), sources, announcer, topic, needs);
  }

  /** The same, with something around each source, which is told the checks that ask it. */
  public Wired aroundSources(BiFunction<EvidenceSource, Set<String>, EvidenceSource> around) {
    Map<EvidenceSource, Set<String>> checks = new IdentityHashMap<>();
    sources.forEach(
        (check, source) -> checks.computeIfAbsent(source, none -> new HashSet<>()).add(check));
    Map<String, EvidenceSource> all = new HashMap<>();
    checks.forEach(
        (source, names) -> {
          EvidenceSource one = around.apply(source, names);
          names.forEach(name -> all.put(name, one));
        });
    return new Wired(driver, urgentDriver, all, announcer, topic, needs);
  }

  /** The same, with something around the announcer. */
  public Wired aroundAnnouncer(UnaryOperator<Announcer> around) {
    return new Wired(driver, urgentDriver, sources, announcer.map(around), topic, needs);
  }

  /** The gate as a host runs it. */
  public GateJob job(
      GateSpec spec, GateSession session, SessionStore store, GateListener listener) {
    return new GateJob(
        spec, session, driver, urgentDriver, sources, announcer, store, listener, topic);
  }
}
