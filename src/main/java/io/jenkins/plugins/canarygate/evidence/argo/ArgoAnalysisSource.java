package io.jenkins.plugins.canarygate.evidence.argo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The controller's own analysis as evidence (rule M12): each metric that counts of the revision's
 * Background, Step and PrePromotion runs needs a successful measurement and no limit breached.
 * Running is enough: a background analysis without count never ends before its rollout does.
 */
public final class ArgoAnalysisSource implements EvidenceSource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private final KubernetesClient client;
  private final String namespace;
  private final String rollout;
  private final Set<String> checks;

  /**
   * @param client a client of the cluster; it is not closed
   * @param namespace the namespace of the Rollout
   * @param rollout the name of the Rollout, for messages
   * @param checks the names of the checks that ask for it
   */
  public ArgoAnalysisSource(
      KubernetesClient client, String namespace, String rollout, Set<String> checks) {
    this.client = client;
    this.namespace = namespace;
    this.rollout = rollout;
    this.checks = Set.copyOf(checks);
  }

  @Override
  public Preparation prepare(EvidenceContext context) {
    return Preparation.READY;
  }

  @Override
  public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
    Map<String, Reading> readings = new HashMap<>();
    List<EvidenceRequest> mine =
        requests.stream().filter(request -> checks.contains(request.check())).toList();
    if (!mine.isEmpty()) {
      // All checks of this kind ask the same.
      Reading reading = read(context.memory());
      mine.forEach(request -> readings.put(request.check(), reading));
    }
    return readings;
  }

  private Reading read(JsonNode memory) {
    RunsThatCount counting = RunsThatCount.of(memory);
    if (counting.hash().isEmpty()) {
      return inconclusive("the revision of Rollout " + namespace + "/" + rollout + " is not there");
    }
    String selector = "rollouts-pod-template-hash=" + counting.hash();
    String path =
        "/apis/argoproj.io/v1alpha1/namespaces/"
            + encode(namespace)
            + "/analysisruns?labelSelector="
            + encode(selector);
    try {
      JsonNode list = JSON.readTree(client.raw(path, "GET", null));
      if (list == null || !list.path("items").isArray()) {
        return Reading.Failed.because("the list of AnalysisRuns could not be read");
      }
      List<AnalysisRun> runs = new ArrayList<>();
      list.path("items").forEach(item -> runs.add(new AnalysisRun(item)));
      return judge(counting.among(runs), runs.size());
    } catch (JsonProcessingException e) {
      return Reading.Failed.because("the list of AnalysisRuns is no JSON");
    } catch (KubernetesClientException e) {
      return Reading.Failed.because(failure(e));
    }
  }

  private Reading judge(List<AnalysisRun> runs, int seen) {
    if (runs.isEmpty()) {
      return inconclusive(
          seen == 0
              ? "the controller runs no analysis of this revision"
              : "none of the revision's "
                  + seen
                  + " AnalysisRuns counts: they were stopped, are"
                  + " older than this rollout, or begin after the promotion");
    }
    List<Optional<Grade>> grades = runs.stream().map(AnalysisRun::grade).toList();
    String detail = runs.stream().map(AnalysisRun::text).collect(Collectors.joining(" | "));
    if (grades.contains(Optional.of(Grade.FAIL))) {
      return Reading.Answer.judged(Grade.FAIL, detail);
    }
    if (grades.contains(Optional.of(Grade.INCONCLUSIVE))) {
      return inconclusive(detail);
    }
    if (grades.stream().anyMatch(Optional::isEmpty)) {
      return new Reading.NotYet(
          LOOK_AGAIN, "not every metric has been measured: " + detail, Optional.empty());
    }
    return Reading.Answer.judged(Grade.PASS, detail);
  }

  private static Reading inconclusive(String detail) {
    return Reading.Answer.judged(Grade.INCONCLUSIVE, detail);
  }

  private String failure(KubernetesClientException e) {
    return switch (e.getCode()) {
      case 0 -> "no answer from " + client.getMasterUrl();
      case 401 -> "the API server does not accept the credentials (401): renew the token";
      case 403 ->
          "the right to list analysisruns.argoproj.io in namespace "
              + namespace
              + " is missing (403); canary-gate plan prints the role that grants it";
      case 404 -> "the cluster does not serve analysisruns.argoproj.io/v1alpha1 (404)";
      default -> "the API server answered " + e.getCode() + " for the list of AnalysisRuns";
    };
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The newest first, so that a later run for the same purpose takes the place of an earlier. */
  static final Comparator<AnalysisRun> NEWEST_FIRST =
      Comparator.comparing(AnalysisRun::created).thenComparing(AnalysisRun::name).reversed();
}
