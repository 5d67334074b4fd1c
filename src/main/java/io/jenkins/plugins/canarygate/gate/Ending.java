package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.time.Instant;
import java.util.List;

/**
 * How a gate ended.
 *
 * @param verdict how the revision was judged
 * @param outcome what became of the rollout
 * @param reason one line of why
 * @param lastLines what a person must know now: what serves, and the exact commands (rule D9)
 * @param exitCode the command's exit code (rule D10)
 * @param at when
 */
public record Ending(
    Verdict verdict,
    Outcome outcome,
    String reason,
    List<String> lastLines,
    int exitCode,
    Instant at) {
  public Ending {
    lastLines = List.copyOf(lastLines);
  }
}
