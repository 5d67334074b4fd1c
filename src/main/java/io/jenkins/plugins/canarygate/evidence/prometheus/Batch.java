package io.jenkins.plugins.canarygate.evidence.prometheus;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The questions that are asked together, one after the other: the same one is asked once, and none
 * any more once it has turned out that nobody answers.
 */
final class Batch {
  private final PrometheusClient client;
  private final Map<Question, Outcome> outcomes = new HashMap<>();
  private Optional<PrometheusException> nobody = Optional.empty();

  Batch(PrometheusClient client) {
    this.client = client;
  }

  private record Question(String expression, Instant at) {}

  private record Outcome(Optional<QueryAnswer> answer, Optional<PrometheusException> problem) {}

  QueryAnswer ask(String expression, Instant at) throws PrometheusException {
    Outcome outcome =
        outcomes.computeIfAbsent(new Question(expression, at), q -> outcome(expression, at));
    if (outcome.problem().isPresent()) {
      throw outcome.problem().get();
    }
    return outcome.answer().orElseThrow();
  }

  private Outcome outcome(String expression, Instant at) {
    if (nobody.isPresent()) {
      return new Outcome(Optional.empty(), nobody);
    }
    try {
      return new Outcome(Optional.of(client.query(expression, at)), Optional.empty());
    } catch (PrometheusException e) {
      nobody = Optional.of(e).filter(PrometheusException::general);
      return new Outcome(Optional.empty(), Optional.of(e));
    }
  }
}
