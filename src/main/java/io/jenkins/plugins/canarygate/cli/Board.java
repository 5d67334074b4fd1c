package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Phase;
import io.jenkins.plugins.canarygate.gate.View;
import io.jenkins.plugins.canarygate.report.CheckLines;
import io.jenkins.plugins.canarygate.report.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The lines that a terminal shows of a gate that runs: one of its state, and one a check. */
final class Board {
  private static final int NAME_WIDTH = 24;
  private final GateSpec spec;

  Board(GateSpec spec) {
    this.spec = spec;
  }

  /** The lines as they are now, none longer than {@code width}. */
  List<String> lines(GateSession session, Instant now, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(fit(state(session, now), width));
    session
        .point()
        .ifPresent(point -> point.checks().forEach(run -> lines.add(fit(check(run, now), width))));
    return lines;
  }

  private String state(GateSession session, Instant now) {
    String where =
        session.view().map(View::where).filter(w -> !w.isEmpty()).map(w -> ", " + w).orElse("");
    String gone = Numbers.length(Duration.between(session.started(), now));
    String all = Numbers.length(Duration.between(session.started(), session.endBy()));
    return spec.name() + ": " + doing(session.phase()) + where + "  " + gone + " of " + all;
  }

  private String doing(Phase phase) {
    return switch (phase) {
      case PREPARING -> "verifying the checks";
      case WAITING -> "waiting for " + spec.target().at();
      case HOLDING -> "holding the pause";
      case JUDGING -> "judging";
      case ACTING -> "acting";
      case FOLLOWING -> "following until it has landed";
      case ENDED -> "ended";
    };
  }

  private String check(CheckRun run, Instant now) {
    Check check = spec.check(run.check());
    long counted = run.measurements().stream().filter(Measurement::counts).count();
    String values =
        run.last().map(last -> "  " + new CheckLines(spec, run).values(last)).orElse("");
    return String.format(
        "  %-8s  %s  %d/%d  %s%s",
        run.state().ended() ? run.state() : "…",
        padded(run.check()),
        counted,
        check.schedule().count(),
        next(run, now),
        values);
  }

  private static String next(CheckRun run, Instant now) {
    if (run.state().ended()) {
      return "done";
    }
    if (run.pending().map(CheckRun.Pending::asked).orElse(false)) {
      return "measuring";
    }
    if (!run.waiting().isEmpty()) {
      return run.waiting();
    }
    return "next in " + Numbers.length(Duration.between(now, run.due()));
  }

  private static String padded(String name) {
    String safe = PlainText.line(name);
    return safe.length() > NAME_WIDTH
        ? safe.substring(0, NAME_WIDTH - 1) + "…"
        : String.format("%-" + NAME_WIDTH + "s", safe);
  }

  private static String fit(String line, int width) {
    String safe = PlainText.line(line);
    // The last column is left free: a terminal may break the line once it is written.
    int room = Math.max(1, width - 1);
    return safe.length() <= room ? safe : safe.substring(0, room - 1) + "…";
  }
}
