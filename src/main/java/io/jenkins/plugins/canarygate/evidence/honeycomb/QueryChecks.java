package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CheckPlan.Need;
import io.jenkins.plugins.canarygate.evidence.honeycomb.ResultRun.Progress;
import io.jenkins.plugins.canarygate.evidence.honeycomb.SharedResult.Created;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures the checks that are queries; those on one dataset, filters and window are one query. */
final class QueryChecks {
  private final HoneycombGate gate;
  private final HoneycombAnswers answers;
  private final ResultRun run;

  QueryChecks(HoneycombGate gate, HoneycombAnswers answers, ResultRun run) {
    this.gate = gate;
    this.answers = answers;
    this.run = run;
  }

  Map<String, Reading> measure(
      String account, List<EvidenceRequest> requests, EvidenceContext context) {
    Map<String, Reading> readings = new LinkedHashMap<>();
    Map<CheckPlan, Map<Need, SharedResult>> wanted = new LinkedHashMap<>();
    Planner planner = new Planner(gate, context.cohorts());
    for (EvidenceRequest request : requests) {
      if (planner.oneAndTheSame() && !gate.check(request.check()).cohorts().isEmpty()) {
        readings.put(request.check(), same());
        continue;
      }
      try {
        CheckPlan plan = planner.plan(request.check(), window(request));
        // All find their results before the first of these is created: they join one query.
        wanted.put(plan, find(account, plan, request, context.now()));
      } catch (IllegalArgumentException e) {
        readings.put(request.check(), Reading.Failed.because(e.getMessage()));
      }
    }
    Map<SharedResult, Progress> progress = new IdentityHashMap<>();
    wanted.forEach(
        (plan, results) -> {
          results
              .values()
              .forEach(each -> progress.computeIfAbsent(each, r -> run.step(r, context.now())));
          readings.put(plan.check(), reading(plan, results, progress));
        });
    return readings;
  }

  private static Reading same() {
    return Reading.Answer.of(Values.none())
        .withDetail("canary and stable are the same revision: there is nothing to tell apart");
  }

  private static Window window(EvidenceRequest request) {
    return request
        .window()
        .orElseThrow(() -> new IllegalArgumentException("a Honeycomb query needs a window"));
  }

  private Map<Need, SharedResult> find(
      String account, CheckPlan plan, EvidenceRequest request, Instant now) {
    HoneycombTicket ticket = HoneycombTicket.of(request.ticket());
    Map<Need, SharedResult> found = new LinkedHashMap<>();
    for (Need need : plan.needs()) {
      found.put(need, answers.find(account, need.spec(), ticket.result(need.spec()), now));
    }
    return found;
  }

  private static Reading reading(
      CheckPlan plan, Map<Need, SharedResult> results, Map<SharedResult, Progress> progress) {
    Map<Need, QueryResult> ready = new HashMap<>();
    Optional<Progress.Waiting> first = Optional.empty();
    for (var entry : results.entrySet()) {
      Progress each = progress.get(entry.getValue());
      if (each instanceof Progress.Broken broken) {
        return Reading.Failed.because(broken.why());
      }
      if (each instanceof Progress.Ready done) {
        ready.put(entry.getKey(), done.result());
      } else if (each instanceof Progress.Waiting waiting
          && first.map(w -> waiting.lookAgain().compareTo(w.lookAgain()) < 0).orElse(true)) {
        first = Optional.of(waiting);
      }
    }
    return first
        .<Reading>map(w -> new Reading.NotYet(later(w.lookAgain()), w.why(), ticket(results)))
        .orElseGet(() -> ResultReader.read(plan, ready));
  }

  private static Duration later(Duration wait) {
    Duration least = Duration.ofMillis(100);
    return wait.compareTo(least) < 0 ? least : wait;
  }

  private static Optional<String> ticket(Map<Need, SharedResult> results) {
    Map<String, Created> created = new LinkedHashMap<>();
    results.forEach(
        (need, result) ->
            result.created().ifPresent(each -> created.put(need.spec().groupId(), each)));
    return new HoneycombTicket(created).text();
  }
}
