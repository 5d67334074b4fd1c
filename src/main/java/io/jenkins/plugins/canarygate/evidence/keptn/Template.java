package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What an objective's value comes from.
 *
 * @param namespace of the AnalysisValueTemplate
 * @param name of the AnalysisValueTemplate
 * @param query with its placeholders; empty where there is no such template
 * @param provider the KeptnMetricsProvider, as {@code shop/prometheus}; empty where there is no
 *     such template
 * @param source what the provider asks; empty where there is no such provider
 */
record Template(
    String namespace,
    String name,
    Optional<String> query,
    Optional<String> provider,
    Optional<DataSource> source) {

  /**
   * Reads it as the operator does.
   *
   * @param reference an objective's {@code analysisValueTemplateRef}
   * @param home the namespace of the AnalysisDefinition, for references without one: the template's
   *     own is never used, not even for the provider
   */
  static Template read(KeptnApi api, JsonNode reference, String home) throws KeptnException {
    String namespace = reference.path("namespace").asText("");
    namespace = namespace.isEmpty() ? home : namespace;
    String name = reference.path("name").asText("");
    Optional<JsonNode> template = api.find(KeptnKind.TEMPLATE, namespace, name);
    if (template.isEmpty()) {
      return new Template(namespace, name, Optional.empty(), Optional.empty(), Optional.empty());
    }
    JsonNode spec = template.get().path("spec");
    String where = spec.path("provider").path("namespace").asText("");
    where = where.isEmpty() ? home : where;
    String provider = spec.path("provider").path("name").asText("");
    return new Template(
        namespace,
        name,
        Optional.of(spec.path("query").asText("")),
        Optional.of(where + "/" + provider),
        source(api, where, provider));
  }

  /** What a provider asks; empty where there is no such provider. */
  static Optional<DataSource> source(KeptnApi api, String namespace, String provider)
      throws KeptnException {
    return api.find(KeptnKind.PROVIDER, namespace, provider)
        .map(object -> DataSource.of(object.path("spec").path("type").asText("")));
  }
}
