package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Series;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Adds to measurements how their queries went over the window. That is only to be looked at:
 * whatever comes of it leaves the measurement as it is, but for a note. The same question is asked
 * once, and none any more once one has failed, so that a Prometheus in trouble is let alone and no
 * judgement waits for it long.
 */
final class Plotting {
  private final PrometheusClient client;
  private final Names names;
  private final Map<Question, RangeAnswer> known = new HashMap<>();
  private Optional<PrometheusException> trouble = Optional.empty();

  Plotting(PrometheusClient client, Names names) {
    this.client = client;
    this.names = names;
  }

  private record Question(String expression, Grid grid) {}

  /** The same answer, with a series where one is wanted and to be had. */
  Reading.Answer plotted(
      Reading.Answer answer, EvidenceRequest request, PrometheusSection section, Check check) {
    if (answer.values().canary().isEmpty() || !wanted(answer, request, check)) {
      return answer;
    }
    try {
      return answer.withSeries(series(section, check, request.window().orElseThrow()));
    } catch (PrometheusException e) {
      String note = "no plot: " + e.getMessage();
      return answer.withDetail(answer.detail().isEmpty() ? note : answer.detail() + "; " + note);
    }
  }

  private static boolean wanted(Reading.Answer answer, EvidenceRequest request, Check check) {
    return switch (request.series()) {
      case NO -> false;
      case UNLESS_GOOD -> check.criteria().grade(answer.values()) != Grade.PASS;
      case YES -> true;
    };
  }

  private Optional<Series> series(PrometheusSection section, Check check, Window window)
      throws PrometheusException {
    Grid grid = Grid.over(window);
    List<OptionalDouble> canary = line(section, Cohort.CANARY, window, grid);
    List<OptionalDouble> stable =
        check.cohorts().contains(Cohort.STABLE)
            ? line(section, Cohort.STABLE, window, grid)
            : List.of();
    Series series = new Series(grid.from(), grid.stepSeconds(), canary, stable);
    return Optional.of(series).filter(Series::shows);
  }

  private List<OptionalDouble> line(
      PrometheusSection section, Cohort cohort, Window window, Grid grid)
      throws PrometheusException {
    String expression = names.fill(section.query(), section.about(cohort), window);
    return ask(expression, grid).line(Optional.ofNullable(section.reduce()).flatMap(Reduction::of));
  }

  private RangeAnswer ask(String expression, Grid grid) throws PrometheusException {
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    Question question = new Question(expression, grid);
    RangeAnswer answer = known.get(question);
    if (answer == null) {
      try {
        answer = client.range(expression, grid);
      } catch (PrometheusException e) {
        trouble = Optional.of(e).filter(problem -> problem.kind() != Kind.INVALID);
        throw e;
      }
      known.put(question, answer);
    }
    return answer;
  }
}
