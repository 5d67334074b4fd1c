package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What plan finds in the Canary itself: its target, its revision, and where the gate stands. */
final class CanaryPreflight {
  private final Target target;
  private final CanaryView canary;
  private final Optional<TargetView> workload;
  private final Optional<TargetView> primary;
  private final GateNeeds needs;
  private final List<Finding> findings = new ArrayList<>();

  CanaryPreflight(
      Target target,
      CanaryView canary,
      Optional<TargetView> workload,
      Optional<TargetView> primary,
      GateNeeds needs) {
    this.target = target;
    this.canary = canary;
    this.workload = workload;
    this.primary = primary;
    this.needs = needs;
  }

  List<Finding> examine() {
    if (!canary.gateable()) {
      findings.add(
          Finding.error(
              target.toString(),
              Hindrances.kind(canary),
              "name another Canary, or give this one a Deployment or DaemonSet"));
      return findings;
    }
    findings.add(Finding.ok(target.toString(), strategy() + ", " + phase()));
    revision();
    failedPromotion();
    way();
    if (!canary.skipsAnalysis()) {
      findings.addAll(new HookPreflight(target, canary, needs).examine());
      times();
    }
    unattended();
    return findings;
  }

  private String phase() {
    String phase = canary.status().phaseText();
    return phase.isEmpty() ? "not looked at by Flagger yet" : phase;
  }

  private String strategy() {
    Analysis analysis = canary.analysis();
    String router = analysis.withoutRouter() ? " without a router" : "";
    return switch (analysis.strategy()) {
      case CANARY -> "canary by weights up to " + analysis.maxWeight() + " %" + router;
      case AB -> "A/B test, " + analysis.iterations() + " iterations";
      case BLUE_GREEN -> "blue/green, " + analysis.iterations() + " iterations" + router;
    };
  }

  private void revision() {
    String subject = "revision " + target.revision();
    if (workload.isEmpty()) {
      findings.add(
          Finding.error(
              subject,
              "there is no " + canary.targetKind() + " " + canary.targetName(),
              "correct spec.targetRef, or deploy it"));
      return;
    }
    boolean there =
        !target.revision().isAny() && Images.match(target.revision(), workload.get().images());
    boolean stable =
        there && primary.filter(p -> Images.match(target.revision(), p.images())).isPresent();
    String message =
        stable
            ? "is in target and primary already: unless something else of it changes, nothing is"
                + " left to gate"
            : there
                ? "is what the target holds"
                : "the target holds "
                    + Images.text(workload.get())
                    + Images.hint(target.revision(), workload.get().images());
    findings.add(Finding.ok(subject, message));
  }

  /** A promotion that failed leaves the router as it is, whatever the canary holds next. */
  private void failedPromotion() {
    CanaryStatus status = canary.status();
    if (status.phase() != CanaryPhase.FAILED || status.canaryWeight() == 0) {
      return;
    }
    Analysis analysis = canary.analysis();
    String router = canary.provider().isPresent() ? "" : "where there is a router, ";
    String served =
        analysis.strategy() == Analysis.Strategy.AB ? "all users who match" : "everything";
    findings.add(
        Finding.warning(
            "traffic",
            analysis.withoutRouter()
                ? "a promotion failed, and the primary serves what failed"
                : "a promotion failed, and "
                    + router
                    + "the canary serves "
                    + served
                    + ": what is deployed next gets it at once, before any hook is asked,"
                    + " confirm-rollout included",
            analysis.withoutRouter()
                ? "let the primary become ready before you deploy: until then nothing is promoted"
                : "let the primary become ready before you deploy, so that there is something to"
                    + " roll back to, and deploy knowing this"));
  }

  private void way() {
    if (canary.suspended()) {
      findings.add(
          Finding.warning(
              "spec.suspend",
              "is true: Flagger does nothing, and asks no hook",
              Commands.resume(target)));
    }
    if (canary.skipsAnalysis()) {
      findings.add(
          Finding.error(
              "gate point",
              canary.analysis().present()
                  ? "no gate point can come: spec.skipAnalysis is true"
                  : "no gate point can come: the Canary has no spec.analysis",
              "take spec.skipAnalysis away, or give the Canary an analysis"));
      return;
    }
    findings.add(
        Finding.ok(
            "gate point",
            target.at().kind() == At.Kind.PROGRESSING
                ? "begins as soon as the canary gets traffic"
                : "the promotion, once weight or iterations are complete"));
  }

  /** Whether the gate's own times leave Flagger enough of its intervals. */
  private void times() {
    Duration interval = canary.analysis().interval();
    Duration analysis = interval.multipliedBy(ticksToThePoint());
    if (target.at().kind() != At.Kind.PROGRESSING && analysis.compareTo(needs.start()) > 0) {
      findings.add(
          Finding.warning(
              "timeouts.start",
              "is "
                  + minutes(needs.start())
                  + ", and the analysis takes at least "
                  + minutes(analysis)
                  + " to reach the promotion ("
                  + ticksToThePoint()
                  + " intervals of "
                  + interval.toSeconds()
                  + " s)",
              "make timeouts.start longer than that, and timeouts.total longer again"));
    }
    // Asked each second interval, promoted in two more steps.
    Duration after = interval.multipliedBy(4);
    if (after.compareTo(needs.total()) > 0) {
      findings.add(
          Finding.warning(
              "timeouts.total",
              "is "
                  + minutes(needs.total())
                  + ", and Flagger may take "
                  + minutes(after)
                  + " to follow a decision",
              "make it longer, or the analysis' interval shorter"));
    }
  }

  private long ticksToThePoint() {
    Analysis analysis = canary.analysis();
    return analysis.strategy() == Analysis.Strategy.CANARY
        ? analysis.steps() + 1L
        : analysis.iterations() + 1L;
  }

  private static String minutes(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }

  private void unattended() {
    Unattended unattended = Unattended.of(canary);
    if (!unattended.fault().isEmpty()) {
      findings.add(
          Finding.warning(
              Unattended.ANNOTATION, unattended.fault(), "correct it, or take it away to hold"));
    }
    unattended
        .allowAfter()
        .filter(after -> after.compareTo(needs.total()) < 0)
        .ifPresent(
            after ->
                findings.add(
                    Finding.warning(
                        Unattended.ANNOTATION,
                        "lets Flagger promote after "
                            + minutes(after)
                            + " at the gate, and this gate may judge for "
                            + minutes(needs.total()),
                        "make it longer than timeouts.total: nobody knows that a gate is judging"
                            + " before it has decided")));
  }
}
