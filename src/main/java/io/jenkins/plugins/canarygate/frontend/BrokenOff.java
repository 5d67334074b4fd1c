package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.LeftServing;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.gate.View;
import io.jenkins.plugins.canarygate.host.GateCrashedException;
import io.jenkins.plugins.canarygate.report.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The report of a gate that left off without an ending. */
public final class BrokenOff {
  private final GateSpec spec;
  private final Secrets secrets;

  public BrokenOff(GateSpec spec, Secrets secrets) {
    this.spec = spec;
    this.secrets = secrets;
  }

  /**
   * The gate could not go on.
   *
   * @param last the state where the cause names none
   */
  public Report crashed(GateSession last, Throwable cause, Instant at) {
    GateSession known = cause instanceof GateCrashedException crash ? crash.session() : last;
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return report(known, Verdict.ERROR, "the gate could not go on: " + secrets.scrub(why), at);
  }

  /** The gate was left as it stood. */
  public Report report(GateSession last, Verdict verdict, String why, Instant at) {
    return Report.of(spec, last).brokenOff(verdict, why, left(last), at);
  }

  /** What a person must know (rule D9). */
  private List<String> left(GateSession last) {
    if (spec.mode() == Mode.CHECK) {
      return List.of();
    }
    String serves =
        last.view()
            .flatMap(View::share)
            .map(
                share ->
                    "when last seen, the canary served "
                        + share.text()
                        + share.since().map(since -> " since " + since).orElse(""))
            .orElse("it was not seen how much the canary serves");
    String holds =
        last.intent().isPresent()
            ? "; " + last.intent().get().action().text() + " had been written down"
            : "";
    List<String> lines = new ArrayList<>(List.of(serves + holds));
    lines.addAll(LeftServing.lines(spec, last.view()));
    return lines;
  }
}
