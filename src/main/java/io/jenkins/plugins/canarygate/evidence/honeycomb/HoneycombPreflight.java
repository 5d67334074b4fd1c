package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.evidence.honeycomb.KeyAccess.Right;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;

/** What {@code plan} says of Honeycomb: the key, its rights, each query, the quota (rule C3). */
public final class HoneycombPreflight {
  private final HoneycombClient client;
  private final HoneycombGate gate;
  private final boolean marker;
  private final int perMinute;

  /**
   * @param marker whether the gate sets a marker
   * @param perMinute see {@link HoneycombQuota#perMinute}
   */
  public HoneycombPreflight(
      HoneycombClient client, HoneycombGate gate, boolean marker, int perMinute) {
    this.client = client;
    this.gate = gate;
    this.marker = marker;
    this.perMinute = perMinute;
  }

  /**
   * Looks at everything.
   *
   * @param total how long the whole gate may take
   */
  public List<Finding> look(Map<Cohort, CohortNames> cohorts, Instant now, Duration total) {
    List<Finding> findings = new ArrayList<>();
    address(findings);
    key(findings);
    checks(findings, cohorts, now);
    quota(findings, total);
    return findings;
  }

  private void address(List<Finding> findings) {
    HttpUrl base = client.base();
    if (!base.isHttps() && !base.host().matches("localhost|127(\\.\\d+){3}|::1")) {
      findings.add(
          Finding.warning(
              "honeycomb: address",
              "the key goes to " + base.host() + " without encryption",
              "give an address that begins with https://"));
    }
  }

  private void key(List<Finding> findings) {
    try {
      KeyAccess access = client.auth();
      findings.add(
          Finding.ok(
              "honeycomb: key",
              "a "
                  + access.type()
                  + " key of team "
                  + access.team()
                  + (access.environment().isEmpty()
                      ? " (Honeycomb Classic)"
                      : ", environment " + access.environment())));
      for (Right right : needed()) {
        findings.add(right(right, access));
      }
    } catch (HoneycombException e) {
      findings.add(problem("honeycomb: key", e));
    }
  }

  private static Finding right(Right right, KeyAccess access) {
    String subject = "honeycomb: right " + right.title();
    return access.has(right)
        ? Finding.ok(subject, "the key has it")
        : Finding.warning(
            subject,
            "the key does not have it",
            "give the key '"
                + right.title()
                + "' in Honeycomb under Environment Settings, API Keys");
  }

  private Set<Right> needed() {
    Set<Right> needed = EnumSet.noneOf(Right.class);
    for (HoneycombSection section : gate.sections().values()) {
      if (section.query() != null) {
        needed.add(Right.MANAGE_QUERIES);
        needed.add(Right.RUN_QUERIES);
      } else {
        needed.add(section.slo() != null ? Right.MANAGE_SLOS : Right.MANAGE_TRIGGERS);
      }
    }
    if (marker) {
      needed.add(Right.MANAGE_MARKERS);
    }
    return needed;
  }

  private void checks(List<Finding> findings, Map<Cohort, CohortNames> cohorts, Instant now) {
    Map<String, HoneycombException> problems = new QueryTrial(client, gate).run(cohorts, now);
    gate.sections()
        .forEach(
            (name, section) -> {
              String subject = "honeycomb: check '" + name + "'";
              HoneycombException problem = problems.get(name);
              findings.add(
                  problem == null
                      ? Finding.ok(subject, "Honeycomb accepts it")
                      : problem(subject, problem));
              if (RelationalFields.in(section.query())) {
                findings.add(
                    Finding.warning(
                        subject,
                        "its columns look like relational fields, of which Honeycomb gives one"
                            + " result a minute to the whole team",
                        "measure this check rarely, or filter by columns of the span itself"));
              }
            });
  }

  private static Finding problem(String subject, HoneycombException e) {
    if (e.kind() == HoneycombException.Kind.UNREACHABLE) {
      return Finding.error(
          subject, e.getMessage(), "a gate that runs from here would have no evidence");
    }
    return e.refused()
        ? Finding.error(subject, e.getMessage(), "correct it before traffic shifts")
        : Finding.warning(subject, e.getMessage(), "run plan again to find out");
  }

  private void quota(List<Finding> findings, Duration total) {
    HoneycombBudget budget;
    try {
      budget = HoneycombBudget.of(gate, perMinute);
    } catch (IllegalArgumentException e) {
      // What is wrong with the check was found above.
      return;
    }
    String subject = "honeycomb: quota";
    Duration takes = budget.span().plus(budget.waiting());
    if (takes.compareTo(total) > 0) {
      findings.add(
          Finding.error(
              subject,
              budget.line() + "; that takes " + takes.toMinutes() + " min, longer than the gate",
              "measure less often, put checks on the same dataset, window and filters, or raise"
                  + " timeouts.total"));
    } else if (!budget.waiting().isZero()) {
      findings.add(
          Finding.warning(
              subject,
              budget.line(),
              "put checks on the same dataset, window and filters, or let this process take more"
                  + " of the team's ten a minute"));
    } else {
      findings.add(Finding.ok(subject, budget.line()));
    }
  }
}
