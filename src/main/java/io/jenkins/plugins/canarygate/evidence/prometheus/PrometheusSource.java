package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All Prometheus checks of one gate. */
public final class PrometheusSource implements EvidenceSource {
  private static final Duration RATE_LIMIT = Duration.ofSeconds(10);

  private final PrometheusClient client;
  private final PrometheusGate gate;
  private final Set<String> well = new HashSet<>();

  /**
   * @param client the API of the gate's server
   * @param gate what is asked
   */
  public PrometheusSource(PrometheusClient client, PrometheusGate gate) {
    this.client = client;
    this.gate = gate;
  }

  /** {@inheritDoc} Each expression is run once; what went well is not tried again. */
  @Override
  public synchronized Preparation prepare(EvidenceContext context) {
    Trial trial = new Trial(Names.sample(gate, context.cohorts()), context.now());
    Batch batch = new Batch(client);
    Map<String, PrometheusException> problems = new LinkedHashMap<>();
    gate.sections()
        .forEach(
            (name, section) -> {
              if (!well.contains(name)) {
                problem(trial, batch, section, gate.check(name))
                    .ifPresentOrElse(problem -> problems.put(name, problem), () -> well.add(name));
              }
            });
    if (problems.isEmpty()) {
      return Preparation.READY;
    }
    boolean refused = problems.values().stream().anyMatch(PrometheusException::refused);
    List<String> lines = new ArrayList<>();
    problems.forEach(
        (check, problem) -> {
          if (problem.refused() == refused) {
            lines.add("check '" + check + "': " + problem.getMessage());
          }
        });
    return new Preparation(
        refused ? Preparation.State.REFUSED : Preparation.State.AGAIN, String.join("\n", lines));
  }

  private static Optional<PrometheusException> problem(
      Trial trial, Batch batch, PrometheusSection section, Check check) {
    try {
      for (Trial.Expression expression : trial.of(section, check)) {
        batch.ask(expression.filled(), trial.window(check).to());
      }
      return Optional.empty();
    } catch (PrometheusException e) {
      // Whoever gives a part has understood what was asked.
      return Optional.of(e).filter(problem -> problem.kind() != Kind.PARTIAL);
    } catch (IllegalArgumentException e) {
      return Optional.of(new PrometheusException(Kind.INVALID, e.getMessage()));
    }
  }

  @Override
  public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
    Names names = new Names(gate, context.cohorts());
    Batch batch = new Batch(client);
    Map<String, Reading> readings = new LinkedHashMap<>();
    for (EvidenceRequest request : requests) {
      readings.put(request.check(), one(request, names, batch));
    }
    // Behind all values: they wait for no plot.
    Plotting plotting = new Plotting(client, names);
    for (EvidenceRequest request : requests) {
      if (readings.get(request.check()) instanceof Reading.Answer answer) {
        PrometheusSection section = gate.sections().get(request.check());
        readings.put(
            request.check(),
            plotting.plotted(answer, request, section, gate.check(request.check())));
      }
    }
    return readings;
  }

  private Reading one(EvidenceRequest request, Names names, Batch batch) {
    Check check = gate.check(request.check());
    if (names.oneAndTheSame() && !check.cohorts().isEmpty()) {
      return Reading.Answer.of(Values.none())
          .withDetail("canary and stable are the same revision: there is nothing to tell apart");
    }
    if (request.window().isEmpty()) {
      return Reading.Failed.because("a Prometheus query needs a window");
    }
    PrometheusSection section = gate.sections().get(request.check());
    try {
      return new CheckReading(client, batch, names, section, check, request.window().get()).read();
    } catch (PrometheusException e) {
      return failed(e);
    } catch (IllegalArgumentException e) {
      return Reading.Failed.because(e.getMessage());
    }
  }

  /** Waiting for a rate limit is no error (rule M4). */
  private static Reading failed(PrometheusException e) {
    if (e.kind() == Kind.RATE_LIMITED) {
      return new Reading.NotYet(
          e.retryAfter().orElse(RATE_LIMIT), e.getMessage(), Optional.empty());
    }
    return new Reading.Failed(e.getMessage(), e.retryAfter());
  }
}
