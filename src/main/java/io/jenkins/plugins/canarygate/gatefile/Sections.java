package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.evidence.argo.ArgoAnalysisSection;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CohortFilter;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombGateSection;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusGateSection;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusSection;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoSection;
import io.jenkins.plugins.canarygate.rollout.flagger.FlaggerSection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one register of the sections that drivers and sources bring. A new one is a line here and a
 * record in its own package.
 */
final class Sections {
  /**
   * A section.
   *
   * @param role what it is for
   * @param word its name in the gate file
   * @param type its record
   * @param list whether it is a list of such records
   */
  record Section(Role role, String word, Class<? extends Record> type, boolean list) {}

  private static final String PROMETHEUS = "prometheus";

  /** Placeholders that a source fills beside those that all know, by its word. */
  private static final Map<String, Set<String>> OWN_PLACEHOLDERS =
      Map.of(PROMETHEUS, Set.of(PrometheusSection.WINDOW));

  private static final List<Section> KNOWN =
      List.of(
          new Section(Role.DRIVER, "argo", ArgoSection.class, false),
          new Section(Role.DRIVER, "flagger", FlaggerSection.class, false),
          new Section(Role.SOURCE, "honeycomb", HoneycombSection.class, false),
          new Section(Role.SOURCE, "keptn", KeptnSection.class, false),
          new Section(Role.SOURCE, "argo", ArgoAnalysisSection.class, false),
          new Section(Role.SOURCE, PROMETHEUS, PrometheusSection.class, false),
          new Section(Role.COHORT, "honeycomb", CohortFilter.class, true),
          new Section(Role.GATE, "honeycomb", HoneycombGateSection.class, false),
          new Section(Role.GATE, PROMETHEUS, PrometheusGateSection.class, false));

  private Sections() {}

  static List<Section> of(Role role) {
    return KNOWN.stream().filter(section -> section.role() == role).toList();
  }

  static Optional<Section> find(Role role, String word) {
    return of(role).stream().filter(section -> section.word().equals(word)).findFirst();
  }

  static List<String> words(Role role) {
    return of(role).stream().map(Section::word).toList();
  }

  /** Sections that a later version will know: they are named as such rather than as mistakes. */
  static Set<String> later(Role role) {
    return switch (role) {
      case DRIVER -> Set.of();
      case SOURCE, COHORT -> Set.of();
      case GATE -> Set.of("decision");
    };
  }

  /** Placeholders that only this source fills, while it measures. */
  static Set<String> ownPlaceholders(String word) {
    return OWN_PLACEHOLDERS.getOrDefault(word, Set.of());
  }

  /** Why a source has no such section, where somebody may look for one. */
  static Optional<String> never(Role role, String word) {
    return role == Role.COHORT && word.equals(PROMETHEUS)
        ? Optional.of(
            "Prometheus takes no filters: name ${cohort} or ${cohort.pods} in the check's query")
        : Optional.empty();
  }
}
