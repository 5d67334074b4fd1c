package io.jenkins.plugins.canarygate.report;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a gate saw, decided and did: the one value from which every renderer works, and which {@link
 * JsonReport} writes field by field in this order.
 *
 * @param report the form of this document, {@link #FORM}
 * @param gate the gate's name
 * @param id this run of the gate
 * @param mode {@code run}, {@code dryRun}, {@code check} or {@code byHand}
 * @param state where the gate stands: {@code ended}, or the phase it was in when this was made
 * @param verdict how the revision was judged; empty while that is open
 * @param outcome what became of the rollout; empty while that is open
 * @param reason one line of why; for a gate that has not ended, what it was doing
 * @param score percent of the weights at the last gate point; empty where nothing was judged
 * @param exitCode the command's exit code without {@code --exit-zero}; empty until it has ended
 * @param started when the gate began
 * @param finished when it ended
 * @param parameters what varied from run to run, by name
 * @param rollout what was gated, as last seen
 * @param points each gate point that was judged, oldest first
 * @param checks each check at each gate point, in the order of the points and of the gate file
 * @param actions what was asked of the rollout, oldest first
 * @param decidedBy the person who decided in place of the checks
 * @param timeline what happened, oldest first
 * @param lastLines what a person must know now: what serves, and the exact commands (rule D9)
 */
public record Report(
    String report,
    String gate,
    String id,
    String mode,
    String state,
    Optional<Verdict> verdict,
    Optional<Outcome> outcome,
    String reason,
    OptionalDouble score,
    OptionalInt exitCode,
    Instant started,
    Optional<Instant> finished,
    Map<String, String> parameters,
    Rollout rollout,
    List<Point> points,
    List<CheckResult> checks,
    List<ActionTaken> actions,
    Optional<DecidedBy> decidedBy,
    List<Event> timeline,
    List<String> lastLines) {

  /** The form of the document that this code writes. */
  public static final String FORM = "canary-gate/v1";

  public Report {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    points = List.copyOf(points);
    checks = List.copyOf(checks);
    actions = List.copyOf(actions);
    timeline = List.copyOf(timeline);
    lastLines = List.copyOf(lastLines);
  }

  /** The report of a gate, ended or not: an unfinished one says what is known so far. */
  public static Report of(GateSpec spec, GateSession session) {
    return new ReportBuilder(spec, session).build();
  }

  /**
   * The report of a gate that broke off before it had ended: what is known, under this verdict and
   * with its exit code. A gate that had ended stays as it ended.
   *
   * @param last what a person must know now, see {@link #lastLines}
   */
  public Report brokenOff(Verdict broken, String why, List<String> last, Instant at) {
    if (finished.isPresent()) {
      return this;
    }
    return new Report(
        report,
        gate,
        id,
        mode,
        state,
        Optional.of(broken),
        outcome,
        why,
        score,
        OptionalInt.of(broken.exitCode()),
        started,
        Optional.of(at),
        parameters,
        rollout,
        points,
        checks,
        actions,
        decidedBy,
        timeline,
        last);
  }

  /** The checks of one gate point. */
  public List<CheckResult> checksAt(Point point) {
    return checks.stream().filter(check -> check.point() == point.number()).toList();
  }

  /** The verdict as a person reads it; {@code unfinished} while it is open. */
  public String verdictText() {
    return verdict.map(Verdict::name).orElse("unfinished");
  }

  /**
   * What was gated.
   *
   * @param kind the controller's word, as {@code Rollout}
   * @param cluster the named cluster, where the gate file names one
   * @param namespace where it is
   * @param name what it is called
   * @param asked which revision the gate is for
   * @param at the gate point that was asked for
   * @param uid the object's identity, once seen
   * @param revision the controller's name for the revision that was judged, or else was last seen
   * @param image the image found in it
   * @param where where the rollout stood last
   * @param share how much the canary served last
   * @param phases the controller's own phases, oldest first
   * @param obstacles what stood in the way at the last look
   */
  public record Rollout(
      String kind,
      Optional<String> cluster,
      String namespace,
      String name,
      String asked,
      String at,
      Optional<String> uid,
      Optional<String> revision,
      Optional<String> image,
      Optional<String> where,
      Optional<String> share,
      List<String> phases,
      List<String> obstacles) {
    public Rollout {
      phases = List.copyOf(phases);
      obstacles = List.copyOf(obstacles);
    }

    @Override
    public String toString() {
      return kind + " " + namespace + "/" + name;
    }
  }

  /**
   * A gate point that was, or is being, judged.
   *
   * @param number counted from 1
   * @param point what a person would call it; empty for {@code check}, which stands nowhere
   * @param revision the fenced revision
   * @param since when judging began
   * @param verdict how it was judged
   * @param reason one line of why
   * @param score percent of the weights
   * @param decided when it was judged
   */
  public record Point(
      int number,
      Optional<String> point,
      Optional<String> revision,
      Instant since,
      Optional<Verdict> verdict,
      String reason,
      OptionalDouble score,
      Optional<Instant> decided) {}

  /**
   * One check at one gate point.
   *
   * @param point the number of the gate point
   * @param name the check's name
   * @param source the place its values come from
   * @param verdict PASS, WARN, FAIL, UNJUDGED, or RUNNING
   * @param line one line of why: value, criterion, window, samples
   * @param link where a person can look at it, http or https
   * @param score what it brought of its weight; empty while unjudged
   * @param weight its share of a score
   * @param key with a score: failing it fails the gate
   * @param optional whether the gate can pass without evidence from it
   * @param dryRun shown, not counted
   * @param criterion when a value is bad, as the gate file says it; empty where the source judges
   * @param planned how many measurements make it whole
   * @param measurements all that were made, oldest first
   */
  public record CheckResult(
      int point,
      String name,
      String source,
      CheckRun.State verdict,
      String line,
      Optional<String> link,
      OptionalDouble score,
      double weight,
      boolean key,
      boolean optional,
      boolean dryRun,
      String criterion,
      int planned,
      List<Measured> measurements) {
    public CheckResult {
      measurements = List.copyOf(measurements);
    }
  }

  /**
   * One measurement.
   *
   * @param at when it was judged
   * @param window the span of telemetry, for sources that have one
   * @param grade PASS, WARN, FAIL, INCONCLUSIVE or ERROR
   * @param early whether it counts for nothing because its window was still growing
   * @param value the canary's value, or the only one
   * @param samples how many samples stand behind it
   * @param stableValue the stable revision's value
   * @param stableSamples how many samples stand behind that
   * @param text the values as a person reads them
   * @param detail why it is inconclusive or an error, or what the source adds; may be empty
   * @param link where a person can look at it, http or https
   * @param series how the values went over the window; empty where nobody asked, and for all but
   *     the newest measurement that has one
   */
  public record Measured(
      Instant at,
      Optional<Span> window,
      Grade grade,
      boolean early,
      OptionalDouble value,
      OptionalLong samples,
      OptionalDouble stableValue,
      OptionalLong stableSamples,
      String text,
      String detail,
      Optional<String> link,
      Optional<Series> series) {}

  /**
   * How the values of a measurement went over its window, to be plotted; nothing was judged by it.
   *
   * @param from the time of the first point
   * @param stepSeconds from one point to the next
   * @param percent whether a person reads the values as percent: 0.012 as 1.2 %
   * @param values the canary's, or the only ones, one a point; null where there was none
   * @param stableValues the stable revision's at the same points; an empty list where it was not
   *     asked
   */
  public record Series(
      Instant from,
      long stepSeconds,
      boolean percent,
      List<OptionalDouble> values,
      List<OptionalDouble> stableValues) {
    public Series {
      // A report may have been written into by hand, and is drawn.
      var whole =
          new io.jenkins.plugins.canarygate.check.Series(from, stepSeconds, values, stableValues);
      values = whole.canary();
      stableValues = whole.stable();
    }
  }

  /** A span of telemetry, from its first instant to the one it ends before. */
  public record Span(Instant from, Instant to) {}

  /**
   * An action on the rollout.
   *
   * @param action what was asked, as {@code promote}
   * @param asked when it was decided and written down
   * @param sends what was sent
   * @param seen what was seen of it; empty until something was
   * @param seenAt when
   * @param honoured whether it was seen in effect
   */
  public record ActionTaken(
      String action,
      Instant asked,
      List<Sent> sends,
      String seen,
      Optional<Instant> seenAt,
      boolean honoured) {
    public ActionTaken {
      sends = List.copyOf(sends);
    }
  }

  /**
   * A write that was sent.
   *
   * @param what the driver's word for it
   * @param at when
   * @param result DONE, CONFLICT, REFUSED, BUSY or UNKNOWN
   */
  public record Sent(String what, Instant at, String result) {}

  /** A person's decision. */
  public record DecidedBy(String who, String action, String reason, Instant at) {}

  /** Something that happened, in one line. */
  public record Event(Instant at, String text) {}
}
