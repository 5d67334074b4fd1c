package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import io.jenkins.plugins.canarygate.evidence.prometheus.QueryAnswer.Series;
import io.jenkins.plugins.canarygate.evidence.prometheus.Trial.Expression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code plan} says of Prometheus: whether it answers, and what each query gives now. */
public final class PrometheusPreflight {
  private static final Set<String> ONE_COHORT =
      Set.of("cohort", "rollout.canary", "rollout.stable");

  private final PrometheusClient client;
  private final PrometheusGate gate;

  public PrometheusPreflight(PrometheusClient client, PrometheusGate gate) {
    this.client = client;
    this.gate = gate;
  }

  /** Looks at everything; each expression is run once. */
  public List<Finding> look(Map<Cohort, CohortNames> cohorts, Instant now) {
    List<Finding> findings = new ArrayList<>();
    try {
      client.query("1", now);
      findings.add(Finding.ok("prometheus: server", client.base().host() + " answers"));
    } catch (PrometheusException e) {
      findings.add(problem("prometheus: server", e));
      return findings;
    }
    Trial trial = new Trial(Names.sample(gate, cohorts), now);
    Batch batch = new Batch(client);
    boolean known = cohorts.containsKey(Cohort.CANARY) && cohorts.containsKey(Cohort.STABLE);
    gate.sections()
        .forEach((name, section) -> findings.addAll(check(trial, batch, name, section, known)));
    return findings;
  }

  private List<Finding> check(
      Trial trial, Batch batch, String name, PrometheusSection section, boolean known) {
    Check check = gate.check(name);
    String subject = "prometheus: check '" + name + "'";
    List<Finding> findings = new ArrayList<>();
    try {
      for (Expression expression : trial.of(section, check)) {
        QueryAnswer answer = batch.ask(expression.filled(), trial.window(check).to());
        findings.add(came(subject, section, expression, answer, known));
      }
    } catch (PrometheusException e) {
      findings.add(problem(subject, e));
    } catch (IllegalArgumentException e) {
      findings.add(Finding.error(subject, e.getMessage(), "correct it before traffic shifts"));
    }
    return findings.stream().distinct().toList();
  }

  private static Finding came(
      String subject,
      PrometheusSection section,
      Expression expression,
      QueryAnswer answer,
      boolean known) {
    List<Series> series = answer.series();
    String field = expression.field() + " ";
    if (series.isEmpty()) {
      boolean later =
          !known
              && Placeholders.names(expression.written()).stream().anyMatch(ONE_COHORT::contains);
      return later
          ? Finding.ok(
              subject, field + "is accepted; what it gives shows once there is a canary to name")
          : Finding.warning(
              subject,
              field + "gives nothing now, which would be no evidence",
              "see whether its names and labels are right, and whether something is scraped");
    }
    boolean one =
        series.size() == 1
            || expression.field().equals("query") && section.reduce() != null
            || expression.field().startsWith("fresh");
    String gives = field + "gives " + series.size() + " series, " + Labels.some(series);
    if (!one) {
      return Finding.error(
          subject,
          gives + ", where one is judged",
          "put sum(…) or the like around it"
              + (expression.field().equals("query") ? ", or say 'reduce'" : ""));
    }
    String first = "; the first is " + Numbers.value(series.get(0).value()) + " now";
    return answer.notes().isEmpty()
        ? Finding.ok(subject, gives + first)
        : Finding.warning(
            subject,
            gives + first + "; " + String.join("; ", answer.notes()),
            "see whether what Prometheus remarks is meant so");
  }

  private static Finding problem(String subject, PrometheusException e) {
    if (e.kind() == Kind.UNREACHABLE) {
      return Finding.error(
          subject, e.getMessage(), "a gate that runs from here would have no evidence");
    }
    return e.refused()
        ? Finding.error(subject, e.getMessage(), "correct it before traffic shifts")
        : Finding.warning(subject, e.getMessage(), "run plan again to find out");
  }
}
