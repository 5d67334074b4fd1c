package io.jenkins.plugins.canarygate.server.flagger;

import io.jenkins.plugins.canarygate.rollout.flagger.CanaryPhase;
import io.jenkins.plugins.canarygate.rollout.flagger.CanaryView;
import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.rollout.flagger.DecisionNote;
import io.jenkins.plugins.canarygate.rollout.flagger.Hook;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What is counted of Flagger's hooks, and of the Canaries that wait for somebody. */
final class HookMetrics {
  private static final Set<String> TYPES = Set.of("Normal", "Warning");

  private final Counter answers;
  private final Counter looks;
  private final Counter events;

  HookMetrics(PrometheusRegistry registry, Canaries canaries, InstantSource clock) {
    answers =
        Counter.builder()
            .name("canary_gate_hook_answers_total")
            .help("Answers to Flagger, by hook, answer, and what they were given by.")
            .labelNames("hook", "answer", "by")
            .register(registry);
    looks =
        Counter.builder()
            .name("canary_gate_live_looks_total")
            .help("Looks at a Canary and its target before an answer, by how they went.")
            .labelNames("result")
            .register(registry);
    events =
        Counter.builder()
            .name("canary_gate_flagger_events_total")
            .help("Events that Flagger told of, by their type.")
            .labelNames("type")
            .register(registry);
    gauge(
        registry,
        "canary_gate_canaries",
        "Canaries that are watched.",
        canaries,
        all -> all.size());
    gauge(
        registry,
        "canary_gate_watch_current",
        "1 if all Canaries are known as they are now, 0 if each is read before every answer.",
        canaries,
        all -> canaries.gaps().isEmpty() ? 1 : 0);
    gauge(
        registry,
        "canary_gate_unattended_canaries",
        "Canaries in WaitingPromotion that no gate has decided about: a gate still judges, or"
            + " nobody is at the gate.",
        canaries,
        all -> all.stream().filter(canary -> unattended(canary, clock)).count());
    gauge(
        registry,
        "canary_gate_unattended_oldest_seconds",
        "How long the one of them that has waited longest has waited; 0 if there is none.",
        canaries,
        all ->
            all.stream()
                .filter(canary -> unattended(canary, clock))
                .flatMap(canary -> canary.status().phaseSince().stream())
                .mapToDouble(since -> Duration.between(since, clock.instant()).toSeconds())
                .max()
                .orElse(0));
    gauge(
        registry,
        "canary_gate_unreadable_decisions",
        "Canaries whose annotation " + Decision.ANNOTATION + " is none of ours, so that it holds.",
        canaries,
        all ->
            all.stream()
                .map(DecisionNote::of)
                .filter(note -> note.present() && note.decision().isEmpty())
                .count());
  }

  private static void gauge(
      PrometheusRegistry registry,
      String name,
      String help,
      Canaries canaries,
      ToDoubleFunction<List<CanaryView>> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.applyAsDouble(List.copyOf(canaries.all()))))
        .register(registry);
  }

  private static boolean unattended(CanaryView canary, InstantSource clock) {
    return canary.status().phase() == CanaryPhase.WAITING_PROMOTION
        && DecisionNote.of(canary)
            .unexpired(clock.instant())
            .filter(decision -> decision.binding().uid().equals(canary.uid()))
            .filter(
                decision ->
                    decision.binding().lastAppliedSpec().equals(canary.status().lastAppliedSpec()))
            .isEmpty();
  }

  void answered(Hook hook, boolean yes, String by) {
    answers.labelValues(hook.type(), yes ? "yes" : "no", by).inc();
  }

  void looked(String result) {
    looks.labelValues(result).inc();
  }

  /**
   * @param type as Flagger gave it; anything that it does not give counts as other
   */
  void event(String type) {
    events.labelValues(TYPES.contains(type) ? type : "other").inc();
  }
}
