package io.jenkins.plugins.canarygate.report;

import io.jenkins.plugins.canarygate.gate.ActionRecord;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.Decision;
import io.jenkins.plugins.canarygate.gate.Ending;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Phase;
import io.jenkins.plugins.canarygate.gate.PointRun;
import io.jenkins.plugins.canarygate.gate.View;
import io.jenkins.plugins.canarygate.report.Report.ActionTaken;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.report.Report.DecidedBy;
import io.jenkins.plugins.canarygate.report.Report.Event;
import io.jenkins.plugins.canarygate.report.Report.Point;
import io.jenkins.plugins.canarygate.report.Report.Rollout;
import io.jenkins.plugins.canarygate.report.Report.Sent;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Revision;
import io.jenkins.plugins.canarygate.rollout.Share;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes a {@link Report} of what was asked and what became of it. */
final class ReportBuilder {
  private final GateSpec spec;
  private final GateSession session;

  ReportBuilder(GateSpec spec, GateSession session) {
    this.spec = spec;
    this.session = session;
  }

  Report build() {
    Optional<Ending> ending = session.ending();
    return new Report(
        Report.FORM,
        session.gate(),
        session.id(),
        mode(session.mode()),
        ending.isPresent() ? "ended" : session.phase().name().toLowerCase(Locale.ROOT),
        ending.map(Ending::verdict),
        ending.map(Ending::outcome),
        reason(),
        score(),
        ending.map(end -> OptionalInt.of(end.exitCode())).orElse(OptionalInt.empty()),
        session.started(),
        ending.map(Ending::at),
        spec.parameters(),
        rollout(),
        session.points().stream().map(ReportBuilder::point).toList(),
        session.points().stream().flatMap(p -> p.checks().stream().map(c -> check(p, c))).toList(),
        session.actions().stream().map(ReportBuilder::action).toList(),
        decidedBy(),
        session.timeline().stream().map(entry -> new Event(entry.at(), entry.text())).toList(),
        ending.map(Ending::lastLines).orElse(List.of()));
  }

  private static String mode(Mode mode) {
    return switch (mode) {
      case RUN -> "run";
      case DRY_RUN -> "dryRun";
      case CHECK -> "check";
      case BY_HAND -> "byHand";
    };
  }

  private String reason() {
    if (session.ending().isPresent()) {
      return session.ending().get().reason();
    }
    return session
        .closing()
        .map(closing -> "not ended yet; decided: " + closing.verdict() + ", " + closing.reason())
        .orElseGet(() -> "not ended yet; it was " + doing(session.phase()));
  }

  private static String doing(Phase phase) {
    return switch (phase) {
      case PREPARING -> "verifying what the checks ask";
      case WAITING -> "waiting for the gate point";
      case HOLDING -> "holding the pause";
      case JUDGING -> "judging";
      case ACTING -> "acting on its decision";
      case FOLLOWING -> "following the revision until it has landed";
      case ENDED -> "done";
    };
  }

  private OptionalDouble score() {
    return session
        .point()
        .flatMap(PointRun::decision)
        .map(Decision::score)
        .orElse(OptionalDouble.empty());
  }

  private Rollout rollout() {
    Target target = spec.target();
    Optional<View> view = session.view();
    Optional<Revision> seen = view.flatMap(View::revision);
    Optional<String> fenced = session.point().flatMap(PointRun::fence).map(Fence::revision);
    return new Rollout(
        target.kind(),
        target.cluster(),
        target.namespace(),
        target.name(),
        target.revision().toString(),
        target.at().toString(),
        view.flatMap(View::uid),
        fenced.or(() -> seen.map(Revision::id)),
        // The image goes with the revision that was judged: a newer one's would mislead.
        seen.filter(revision -> fenced.map(revision.id()::equals).orElse(true))
            .map(Revision::image)
            .filter(image -> !image.isEmpty())
            .or(() -> fenced.isPresent() ? target.revision().image() : Optional.empty()),
        view.map(View::where).filter(where -> !where.isEmpty()),
        view.flatMap(View::share).map(Share::text),
        view.map(View::phases).orElse(List.of()),
        view.map(View::obstacles).orElse(List.of()).stream().map(o -> o.text()).toList());
  }

  private static Point point(PointRun run) {
    return new Point(
        run.number(),
        run.point().map(point -> point.text()),
        run.fence().map(Fence::revision),
        run.since(),
        run.decision().map(Decision::verdict),
        run.decision().map(Decision::reason).orElse(""),
        run.decision().map(Decision::score).orElse(OptionalDouble.empty()),
        run.decision().map(Decision::at));
  }

  private CheckResult check(PointRun point, CheckRun run) {
    return new CheckLines(spec, run).result(point.number());
  }

  private static ActionTaken action(ActionRecord action) {
    return new ActionTaken(
        action.action().text(),
        action.asked(),
        action.sends().stream()
            .map(send -> new Sent(send.what(), send.at(), send.result().name()))
            .toList(),
        action.seen(),
        action.seenAt(),
        action.honoured());
  }

  private Optional<DecidedBy> decidedBy() {
    return spec.byHand()
        .map(
            hand ->
                new DecidedBy(hand.who(), hand.action().text(), hand.reason(), session.started()));
  }

  /** How much of its weight a check brings to the score (rule D2). */
  static OptionalDouble scoreOf(CheckRun.State state, double weight) {
    return switch (state) {
      case PASS -> OptionalDouble.of(weight);
      case WARN -> OptionalDouble.of(weight / 2);
      case FAIL -> OptionalDouble.of(0);
      case UNJUDGED, RUNNING -> OptionalDouble.empty();
    };
  }
}
