package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flagger's own metrics ({@code controller/scheduler_metrics.go}): those of a MetricTemplate with
 * the provider prometheus are really asked for, the built-in ones are what the sandbox says.
 */
final class Metrics {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([\\w.]+)\\s*\\}\\}");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectStore store;
  private final Map<String, Double> said;

  /**
   * Measures.
   *
   * @param said the values of metrics that have no template, by name; good where there is none
   */
  Metrics(ObjectStore store, Map<String, Double> said) {
    this.store = store;
    this.said = said;
  }

  /** Throws where a provider is not there. */
  void demandProviders(CanaryView canary) {
    for (JsonNode metric : canary.analysis().path("metrics")) {
      if (metric.has("templateRef")) {
        JsonNode template = template(canary, metric);
        if (query(canary, template, "vector(1)").orElse(0) != 1) {
          throw new Halt(
              "%s in metric template %s not avaiable: value is not 1 for query: vector(1)"
                  .formatted(template.at("/spec/provider/type").asText(), reference(metric)));
        }
      }
    }
  }

  /** Throws why the canary may not advance. */
  void demandGood(CanaryView canary) {
    for (boolean templated : new boolean[] {false, true}) {
      for (JsonNode metric : canary.analysis().path("metrics")) {
        if (metric.has("templateRef") == templated) {
          demandGood(canary, metric, templated);
        }
      }
    }
  }

  private void demandGood(CanaryView canary, JsonNode metric, boolean templated) {
    String name = metric.path("name").asText();
    double value;
    if (templated) {
      JsonNode template = template(canary, metric);
      String query = rendered(canary, metric, template.at("/spec/query").asText());
      value =
          query(canary, template, query)
              .orElseThrow(
                  () ->
                      new Halt(
                          "Halt advancement no values found for custom metric: %s: no values found"
                              .formatted(name)));
    } else if (said.containsKey(name)) {
      value = said.get(name);
    } else {
      return;
    }
    JsonNode range = metric.path("thresholdRange");
    String halt = "Halt " + canary.label() + " advancement " + name + " ";
    if (range.has("min") && value < range.path("min").asDouble()) {
      throw new Halt(halt + "%.2f < %s".formatted(value, range.path("min").asText()));
    }
    if (range.has("max") && value > range.path("max").asDouble()) {
      throw new Halt(halt + "%.2f > %s".formatted(value, range.path("max").asText()));
    }
    if (range.isMissingNode()) {
      double threshold = metric.path("threshold").asDouble();
      boolean isRate = name.equals("request-success-rate");
      if (isRate ? value < threshold : value > threshold) {
        throw new Halt(halt + "%.2f against %s".formatted(value, threshold));
      }
    }
  }

  private JsonNode template(CanaryView canary, JsonNode metric) {
    String place = metric.at("/templateRef/namespace").asText(canary.namespace());
    String name = metric.at("/templateRef/name").asText();
    return store
        .find(new ObjectKey(Resource.METRIC_TEMPLATES, place, name))
        .map(Stored::tree)
        .orElseThrow(
            () -> new Halt("Metric template %s.%s error: not found".formatted(name, place)));
  }

  private static String reference(JsonNode metric) {
    return metric.at("/templateRef/name").asText();
  }

  private static String rendered(CanaryView canary, JsonNode metric, String query) {
    Map<String, String> model =
        Map.of(
            "name", canary.name(),
            "namespace", canary.namespace(),
            "target", canary.target(),
            "service", canary.service(),
            "ingress", canary.spec().at("/ingressRef/name").asText(canary.target()),
            "route", canary.spec().at("/routeRef/name").asText(canary.target()),
            "interval", metric.path("interval").asText("1m"));
    return VARIABLE
        .matcher(query)
        .replaceAll(
            found -> {
              String word = found.group(1);
              String variable = word.replaceFirst("^variables\\.", "");
              String given = metric.path("templateVariables").path(variable).asText("");
              return Matcher.quoteReplacement(model.getOrDefault(word, given));
            });
  }

  private OptionalDouble query(CanaryView canary, JsonNode template, String query) {
    JsonNode provider = template.at("/spec/provider");
    if (!provider.path("type").asText().equals("prometheus")) {
      throw new Halt("the sandbox has no provider " + provider.path("type").asText());
    }
    String text = query.replaceAll("\\s+", " ");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    provider.path("address").asText().replaceAll("/$", "")
                        + "/api/v1/query?query="
                        + URLEncoder.encode(text, StandardCharsets.UTF_8)))
            .timeout(PATIENCE);
    authorize(canary, template, request);
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 400) {
        throw new Halt(
            "Metric query failed for %s: error response: Status %d: %s"
                .formatted(text, answer.statusCode(), answer.body()));
      }
      return last(Json.MAPPER.readTree(answer.body()));
    } catch (IOException e) {
      throw new Halt("Metric query failed for " + text + ": request failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Halt("interrupted");
    }
  }

  private static OptionalDouble last(JsonNode answer) {
    OptionalDouble value = OptionalDouble.empty();
    for (JsonNode one : answer.at("/data/result")) {
      if (one.at("/value/1").isTextual()) {
        value = OptionalDouble.of(Double.parseDouble(one.at("/value/1").asText()));
      }
    }
    return value.isPresent() && Double.isNaN(value.getAsDouble()) ? OptionalDouble.empty() : value;
  }

  private void authorize(CanaryView canary, JsonNode template, HttpRequest.Builder request) {
    String secret = template.at("/spec/provider/secretRef/name").asText("");
    String place = template.at("/metadata/namespace").asText(canary.namespace());
    if (!secret.isEmpty()) {
      JsonNode data = store.get(new ObjectKey(Resource.SECRETS, place, secret)).tree();
      String token = data.path("data").path("token").asText("");
      request.header(
          "Authorization",
          "Bearer " + new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
    }
  }
}
