package io.jenkins.plugins.canarygate.server.checks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.gatefile.Checks;
import io.jenkins.plugins.canarygate.server.Question;
import io.jenkins.plugins.canarygate.server.Reply;
import io.jenkins.plugins.canarygate.server.checks.RefusedException.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers Flagger's {@code prometheus} metric provider, in the form of Prometheus' own {@code
 * /api/v1/query}. What is no evidence is an empty result, which fails Flagger's check; why stands
 * among the warnings.
 */
final class PrometheusQuery {
  static final String PATH = "/prometheus/api/v1/query";

  /** Flagger waits for 5 s. */
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CheckDesk desk;
  private final InstantSource clock;

  PrometheusQuery(CheckDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  CompletionStage<Reply> answer(Question question) {
    try {
      Grant grant = desk.grant(question.bearer());
      String query = query(question.query());
      if (MetricQuery.isOnline(query)) {
        ObjectNode vector = success();
        sample(vector, clock.instant(), "1");
        return CompletableFuture.completedFuture(Reply.json(200, vector.toString()));
      }
      return desk.ask(grant, read(query), PATIENCE).thenApply(PrometheusQuery::reply);
    } catch (RefusedException e) {
      ObjectNode error = JSON.createObjectNode().put("status", "error");
      error.put("errorType", "bad_data").put("error", e.getMessage());
      return CompletableFuture.completedFuture(Reply.json(e.reason().status(), error.toString()));
    }
  }

  private String query(Map<String, List<String>> parameters) throws RefusedException {
    List<String> queries = parameters.getOrDefault("query", List.of());
    if (queries.size() != 1) {
      throw desk.refused(Reason.QUESTION, "one query is needed, with the parameter query");
    }
    if (parameters.size() > 1) {
      throw desk.refused(
          Reason.QUESTION,
          "query is the only parameter that is known: what is answered is what holds now");
    }
    return queries.get(0);
  }

  private CheckQuestion read(String query) throws RefusedException {
    try {
      return MetricQuery.read(query, Checks.NAMESPACE);
    } catch (IllegalArgumentException e) {
      throw desk.refused(Reason.QUESTION, e.getMessage());
    }
  }

  private static Reply reply(Answered answered) {
    ObjectNode vector = success();
    if (answered instanceof Answered.Evidence evidence) {
      ObjectNode metric =
          sample(
              vector,
              evidence.value().at(),
              Double.toString(evidence.value().number().getAsDouble()));
      metric.put("__name__", evidence.key().check());
      evidence.key().arguments().forEach(metric::put);
    } else {
      vector.putArray("warnings").add("no evidence: " + ((Answered.NoEvidence) answered).why());
    }
    return Reply.json(200, vector.toString());
  }

  private static ObjectNode success() {
    ObjectNode answer = JSON.createObjectNode().put("status", "success");
    answer.putObject("data").put("resultType", "vector").putArray("result");
    return answer;
  }

  /** Adds a sample; its labels. */
  private static ObjectNode sample(ObjectNode vector, Instant at, String value) {
    ObjectNode sample = ((ArrayNode) vector.at("/data/result")).addObject();
    ObjectNode metric = sample.putObject("metric");
    sample.putArray("value").add(BigDecimal.valueOf(at.toEpochMilli(), 3)).add(value);
    return metric;
  }
}
