package io.jenkins.plugins.canarygate.report;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.Series;
import io.jenkins.plugins.canarygate.check.Subject;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.check.WindowRule;
import io.jenkins.plugins.canarygate.gate.ActionRecord;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.Decision;
import io.jenkins.plugins.canarygate.gate.Ending;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.HandCommands;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Moment;
import io.jenkins.plugins.canarygate.gate.Phase;
import io.jenkins.plugins.canarygate.gate.PointRun;
import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.TimelineEntry;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.gate.View;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Revision;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Send;
import io.jenkins.plugins.canarygate.rollout.Share;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Gates as the renderers meet them. All begin at {@link #START}. */
public final class Sessions {
  public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  public static final String PROMOTE = "canary-gate promote gate.yaml --reason '…'";
  public static final String ABORT = "canary-gate abort gate.yaml --reason '…'";

  private Sessions() {}

  /** A moment of the gate, in seconds after its start. */
  public static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  public static Check check(String name, Criteria criteria) {
    return new Check(
        name,
        "honeycomb checkout",
        criteria,
        new Schedule(Duration.ZERO, Duration.ofMinutes(1), 2, 0, 0, 4),
        Optional.of(
            new WindowRule(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(1))),
        Optional.empty(),
        Set.of(Cohort.CANARY, Cohort.STABLE),
        2,
        false,
        false,
        false);
  }

  public static Check dryRun(Check check) {
    return flagged(check, false, true);
  }

  public static Check optional(Check check) {
    return flagged(check, true, false);
  }

  private static Check flagged(Check check, boolean optional, boolean dryRun) {
    return new Check(
        check.name(),
        check.source(),
        check.criteria(),
        check.schedule(),
        check.window(),
        check.minimumSamples(),
        check.cohorts(),
        check.weight(),
        check.key(),
        optional,
        dryRun);
  }

  public static Criteria fail(String criterion) {
    return new Criteria(
        List.of(Criteria.Entry.of(Subject.VALUE, Criterion.parse(criterion))),
        List.of(),
        List.of());
  }

  public static Criteria failRatio(String criterion) {
    return new Criteria(
        List.of(Criteria.Entry.of(Subject.RATIO, Criterion.parse(criterion))),
        List.of(),
        List.of());
  }

  public static GateSpec spec(String name, Check... checks) {
    return new GateSpec(
        name,
        "d1ge57",
        Map.of("image", "shop/checkout:1.2", "a", "first"),
        Mode.RUN,
        new Target(
            "Rollout",
            Optional.empty(),
            "shop",
            "checkout",
            RevisionAsked.image("shop/checkout:1.2"),
            At.nextPause()),
        false,
        List.of(checks),
        Optional.empty(),
        Policy.DEFAULT,
        Timeouts.DEFAULT,
        false,
        Optional.empty(),
        new HandCommands(PROMOTE, ABORT));
  }

  public static Measurement measured(Grade grade, double canary, double stable) {
    return new Measurement(
        at(420),
        Optional.of(new Window(at(60), at(360))),
        grade,
        false,
        OptionalDouble.of(canary),
        OptionalDouble.of(stable),
        OptionalLong.of(1204),
        OptionalLong.of(11_804),
        "",
        Optional.of("https://ui.honeycomb.io/shop/result/abc"),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, with how it went over the window. */
  public static Measurement plotted(Measurement measurement, Series series) {
    return new Measurement(
        measurement.at(),
        measurement.window(),
        measurement.grade(),
        measurement.early(),
        measurement.canary(),
        measurement.stable(),
        measurement.canarySamples(),
        measurement.stableSamples(),
        measurement.detail(),
        measurement.link(),
        measurement.identity(),
        Optional.of(series));
  }

  /** Four points a minute apart; the canary has no value at the second. */
  public static Series series() {
    return new Series(
        at(180),
        60,
        List.of(
            OptionalDouble.of(0.004),
            OptionalDouble.empty(),
            OptionalDouble.of(0.012),
            OptionalDouble.of(0.018)),
        Collections.nCopies(4, OptionalDouble.of(0.009)));
  }

  /** A measurement without any value. */
  public static Measurement without(Grade grade, String detail) {
    return new Measurement(
        at(420),
        Optional.empty(),
        grade,
        false,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        detail,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static CheckRun run(String check, CheckRun.State state, Measurement... measurements) {
    return new CheckRun(check, state, "", List.of(measurements), at(480), Optional.empty(), "");
  }

  public static PointRun point(int number, Decision decision, CheckRun... runs) {
    return new PointRun(
        number,
        Optional.of(new GatePoint("the pause at step 1 of 7", OptionalInt.of(1), at(30), false)),
        Optional.of(new Fence("7c9d", Memory.empty().details())),
        at(60),
        List.of(runs),
        Optional.ofNullable(decision));
  }

  public static Decision decision(Verdict verdict, String reason, double score) {
    return new Decision(verdict, reason, OptionalDouble.of(score), at(480));
  }

  /** A session that stands in the midst of judging. */
  public static GateSession judging(GateSpec spec, PointRun... points) {
    GateSession begun = begun(spec);
    return new GateSession(
        begun.version(),
        begun.id(),
        begun.gate(),
        begun.digest(),
        begun.mode(),
        begun.started(),
        begun.startBy(),
        begun.endBy(),
        Phase.JUDGING,
        begun.clock(),
        Optional.of(view()),
        List.of(points),
        Optional.empty(),
        0,
        List.of(),
        Memory.empty(),
        Optional.empty(),
        begun.announcement(),
        List.of(),
        begun.prepareDue(),
        begun.lookDue(),
        Optional.empty(),
        Optional.empty(),
        List.of(new TimelineEntry(at(0), "the gate began")));
  }

  public static GateSession begun(GateSpec spec) {
    return GateSession.begin(spec, "run-1", new Moment(START, 0, "boot"));
  }

  public static GateSession ended(GateSession session, Ending ending, ActionRecord... actions) {
    return new GateSession(
        session.version(),
        session.id(),
        session.gate(),
        session.digest(),
        session.mode(),
        session.started(),
        session.startBy(),
        session.endBy(),
        Phase.ENDED,
        session.clock(),
        session.view(),
        session.points(),
        Optional.empty(),
        0,
        List.of(actions),
        session.memory(),
        session.cancel(),
        session.announcement(),
        List.of(),
        session.prepareDue(),
        session.lookDue(),
        Optional.empty(),
        Optional.of(ending),
        session.timeline());
  }

  public static Ending ending(Verdict verdict, Outcome outcome, String reason, int exitCode) {
    return new Ending(
        verdict,
        outcome,
        reason,
        List.of("The canary serves 20 %.", "promote: " + PROMOTE, "abort: " + ABORT),
        exitCode,
        at(600));
  }

  public static ActionRecord aborted() {
    return new ActionRecord(
        Action.ABORT,
        at(480),
        List.of(new Send("abort", at(481), Receipt.Result.DONE)),
        "aborted, weight 0",
        Optional.of(at(490)),
        true);
  }

  private static View view() {
    return new View(
        at(470),
        Optional.of("uid-1"),
        Fate.UNDER_WAY,
        Optional.of(new Revision("7c9d", "shop/checkout:1.2")),
        "step 1 of 7, 20 %",
        "Paused",
        List.of("Progressing", "Paused"),
        List.of(Obstacle.of(Obstacle.Kind.WAIT, "a deployment is not ready")),
        Optional.of(at(30)),
        Optional.of(new Share("20 %", true, Optional.of(at(30)))),
        Map.of(),
        true);
  }
}
