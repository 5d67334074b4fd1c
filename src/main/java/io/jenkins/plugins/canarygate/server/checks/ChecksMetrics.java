package io.jenkins.plugins.canarygate.server.checks;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What named checks count. Their labels are names of the checks file and words of ours; what a
 * caller sends becomes none.
 */
final class ChecksMetrics {
  private final PrometheusRegistry registry;
  private final Counter questions;
  private final Counter refused;
  private final Counter refreshes;
  private final Counter reloads;
  private final Gauge reloaded;
  private final Gauge shared;

  ChecksMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    this.questions =
        Counter.builder()
            .name("canary_gate_check_questions_total")
            .help("Questions about named checks that were answered, with evidence or without.")
            .labelNames("check", "answer")
            .register(registry);
    this.refused =
        Counter.builder()
            .name("canary_gate_check_refused_total")
            .help(
                "Questions about named checks that were refused: token, namespace, check,"
                    + " unknown_check, question, limit.")
            .labelNames("reason")
            .register(registry);
    this.refreshes =
        Counter.builder()
            .name("canary_gate_check_refreshes_total")
            .help(
                "Measurements of named checks by this replica: value, none (no evidence), error,"
                    + " late (given up).")
            .labelNames("check", "result")
            .register(registry);
    this.reloads =
        Counter.builder()
            .name("canary_gate_file_reloads_total")
            .help("Changes of the files of --checks and --token-file, by what came of them.")
            .labelNames("file", "result")
            .register(registry);
    this.reloaded =
        Gauge.builder()
            .name("canary_gate_file_last_reload_successful")
            .help("1 if the file is used as it is now; 0 if it is wrong and the one before stays.")
            .labelNames("file")
            .register(registry);
    this.shared =
        Gauge.builder()
            .name("canary_gate_checks_shared")
            .help("1 if replicas share what they measure, 0 if each measures for itself.")
            .register(registry);
  }

  /** Shows what is kept. */
  void watch(Supplier<Map<String, Integer>> sizes, Supplier<Map<String, Duration>> ages) {
    GaugeWithCallback.builder()
        .name("canary_gate_check_values")
        .help("Sets of arguments that a named check is kept with.")
        .labelNames("check")
        .callback(gauge -> sizes.get().forEach((check, size) -> gauge.call(size, check)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("canary_gate_check_value_age_seconds")
        .help("Age of the oldest value of a named check.")
        .labelNames("check")
        .callback(
            gauge ->
                ages.get()
                    .forEach(
                        (check, age) ->
                            gauge.call(
                                age.toMillis() / (double) TimeUnit.SECONDS.toMillis(1), check)))
        .register(registry);
  }

  void answered(Answered answered) {
    boolean evidence = answered instanceof Answered.Evidence;
    String check =
        answered instanceof Answered.Evidence known
            ? known.key().check()
            : ((Answered.NoEvidence) answered).key().check();
    questions.labelValues(check, evidence ? "evidence" : "none").inc();
  }

  void refused(RefusedException.Reason reason) {
    refused.labelValues(reason.label()).inc();
  }

  void refreshed(String check, String result) {
    refreshes.labelValues(check, result).inc();
  }

  void reloaded(String file, boolean used) {
    reloads.labelValues(file, used ? "used" : "refused").inc();
    current(file, used);
  }

  /** Whether a file is used as it is now. */
  void current(String file, boolean used) {
    reloaded.labelValues(file).set(used ? 1 : 0);
  }

  void shared(boolean now) {
    shared.set(now ? 1 : 0);
  }
}
