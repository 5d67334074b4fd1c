package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks once more, immediately before anything is measured, whether this gate may do it. What is not
 * allowed any more is an error of its check: what was measured before stays, nothing is added to
 * it, and where the administrator allows it again soon enough the check goes on.
 */
final class GuardedSource implements EvidenceSource {
  private final EvidenceSource source;
  private final Set<String> checks;
  private final Function<String, Optional<String>> against;

  /**
   * @param checks the names of all checks that ask the source
   * @param against what stands against measuring a check, one line; empty: nothing
   */
  GuardedSource(
      EvidenceSource source, Set<String> checks, Function<String, Optional<String>> against) {
    this.source = source;
    this.checks = Set.copyOf(checks);
    this.against = against;
  }

  /** {@inheritDoc} What is not allowed is refused, as when a gate is let in. */
  @Override
  public Preparation prepare(EvidenceContext context) {
    String refused =
        checks.stream()
            .sorted()
            .flatMap(check -> against.apply(check).map(w -> "check '" + check + "': " + w).stream())
            .collect(Collectors.joining("\n"));
    return refused.isEmpty()
        ? source.prepare(context)
        : new Preparation(Preparation.State.REFUSED, refused);
  }

  @Override
  public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
    Map<String, Reading> readings = new HashMap<>();
    List<EvidenceRequest> allowed = new ArrayList<>();
    for (EvidenceRequest request : requests) {
      against
          .apply(request.check())
          .ifPresentOrElse(
              why -> readings.put(request.check(), Reading.Failed.because(why)),
              () -> allowed.add(request));
    }
    if (!allowed.isEmpty()) {
      readings.putAll(source.measure(allowed, context));
    }
    return readings;
  }

  /** {@inheritDoc} Always: what the gate made while it was allowed is its own to take back. */
  @Override
  public void abandon(EvidenceRequest request, EvidenceContext context) {
    source.abandon(request, context);
  }
}
