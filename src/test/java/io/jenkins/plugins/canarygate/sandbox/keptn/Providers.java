package io.jenkins.plugins.canarygate.sandbox.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way from an objective or a metric to the data source behind it. */
final class Providers {
  private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*\\.(\\w+)\\s*\\}\\}");

  private final ObjectStore store;
  private final Answers answers;

  Providers(ObjectStore store, Answers answers) {
    this.store = store;
    this.answers = answers;
  }

  /** An object of Keptn's in the same version as another. */
  Optional<JsonNode> find(Resource like, String plural, String namespace, String name) {
    Resource kind =
        Resource.keptn(like.version()).stream()
            .filter(resource -> resource.plural().equals(plural))
            .findFirst()
            .orElseThrow();
    return store.find(new ObjectKey(kind, namespace, name)).map(Stored::tree);
  }

  /** What an objective's template gives; home is the definition's namespace. */
  Scoring.Given objective(
      Resource like, JsonNode reference, String home, JsonNode args, Instant from, Instant to) {
    String namespace = reference.path("namespace").asText(home);
    String name = reference.path("name").asText();
    Optional<JsonNode> template = find(like, "analysisvaluetemplates", namespace, name);
    if (template.isEmpty()) {
      return failed(reference, "", notFound("AnalysisValueTemplate", name));
    }
    JsonNode ref = template.get().at("/spec/provider");
    Optional<JsonNode> provider =
        find(
            like,
            "keptnmetricsproviders",
            ref.path("namespace").asText(home),
            ref.path("name").asText());
    if (provider.isEmpty()) {
      return failed(reference, "", notFound("KeptnMetricsProvider", ref.path("name").asText()));
    }
    String query = rendered(template.get().at("/spec/query").asText(), args);
    String type = provider.get().at("/spec/type").asText();
    try {
      String value = answers.ask(new Answers.Asked(type, query, from, to));
      return new Scoring.Given(reference, query, value, "");
    } catch (Answers.SourceException e) {
      return failed(reference, query, e.getMessage());
    }
  }

  String metric(String type, String query, Instant now) {
    return answers.ask(new Answers.Asked(type, query, now, now));
  }

  private static Scoring.Given failed(JsonNode reference, String query, String why) {
    return new Scoring.Given(reference, query, "", why);
  }

  private static String notFound(String kind, String name) {
    return kind + ".metrics.keptn.sh \"" + name + "\" not found";
  }

  private static String rendered(String query, JsonNode args) {
    return FIELD
        .matcher(query)
        .replaceAll(
            field -> Matcher.quoteReplacement(args.path(field.group(1)).asText("<no value>")));
  }
}
