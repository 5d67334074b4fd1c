package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.report.ConsoleReport;
import io.jenkins.plugins.canarygate.report.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a gate's step ends.
 *
 * @param kind what becomes of the step
 * @param message one line of why; several where a gate was refused
 * @param report what the gate saw, decided and did; empty where it was refused before it began
 */
public record GateEnd(Kind kind, String message, Optional<Report> report) {

  /** What becomes of the step. */
  public enum Kind {
    /** It returns {@link GateEnd#values()}. */
    RETURNS,
    /** The same, and the build is unstable. */
    RETURNS_UNSTABLE,
    /** It fails. */
    FAILS,
    /** It ends the build as not built: another revision took this one's place. */
    NOT_BUILT,
    /** It was stopped: whoever stopped it says how the build ends. */
    STOPPED
  }

  /** Refused before anything was contacted. */
  public static GateEnd refused(RefusedException why) {
    return new GateEnd(Kind.FAILS, why.getMessage(), Optional.empty());
  }

  /** Nobody went on with it. */
  public static GateEnd abandoned(Report report) {
    return of(report, true, false);
  }

  /**
   * Ended.
   *
   * @param throwOnFailure whether a bad verdict fails the step
   * @param stopped whether somebody stopped the gate
   */
  static GateEnd of(Report report, boolean throwOnFailure, boolean stopped) {
    return new GateEnd(
        kind(report, throwOnFailure, stopped), ConsoleReport.verdict(report), Optional.of(report));
  }

  private static Kind kind(Report report, boolean throwOnFailure, boolean stopped) {
    Verdict verdict = report.verdict().orElse(Verdict.ERROR);
    if (verdict == Verdict.CANCELLED || stopped && verdict == Verdict.TIMEOUT) {
      return Kind.STOPPED;
    }
    boolean good = report.exitCode().orElse(1) == 0;
    if (good || !throwOnFailure) {
      return verdict == Verdict.WARN ? Kind.RETURNS_UNSTABLE : Kind.RETURNS;
    }
    return verdict == Verdict.SUPERSEDED ? Kind.NOT_BUILT : Kind.FAILS;
  }

  /** What the step returns: texts and numbers only; what is not known is null. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    report.ifPresent(
        r -> {
          values.put("gate", r.gate());
          values.put("verdict", r.verdictText());
          values.put("outcome", r.outcome().map(o -> o.text()).orElse(null));
          values.put("reason", r.reason());
          values.put("score", r.score().isPresent() ? (Object) r.score().getAsDouble() : null);
          values.put("exitCode", r.exitCode().orElse(1));
          values.put("namespace", r.rollout().namespace());
          values.put("rollout", r.rollout().name());
          values.put("revision", r.rollout().revision().orElse(null));
          values.put("image", r.rollout().image().orElse(null));
        });
    return values;
  }
}
