package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one gate asks of Prometheus.
 *
 * @param sections the checks' own sections by the checks' names, in the order of the gate file
 * @param checks the checks, for each section one
 * @param values what stands for {@code ${…}} and is known from the start: parameters, {@code
 *     rollout.name}, {@code rollout.namespace}
 */
public record PrometheusGate(
    Map<String, PrometheusSection> sections,
    Map<String, Check> checks,
    Map<String, String> values) {
  public PrometheusGate {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    checks = Map.copyOf(checks);
    values = Map.copyOf(values);
    List<String> missing = new ArrayList<>(sections.keySet());
    missing.removeAll(checks.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("sections without a check: " + missing);
    }
  }

  Check check(String name) {
    Check check = checks.get(name);
    if (check == null || !sections.containsKey(name)) {
      throw new IllegalArgumentException("no Prometheus check is called " + name);
    }
    return check;
  }
}
