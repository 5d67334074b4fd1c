package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.WindowRule;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a gate will need, said before it starts: measurements, and the time that they take. */
public final class Needs {
  private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
  private final GateSpec spec;

  public Needs(GateSpec spec) {
    this.spec = spec;
  }

  /** One line a check, and one for all. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Check check : spec.checks()) {
      lines.add(
          check.name()
              + ": "
              + measurements(check.schedule())
              + window(check)
              + ", "
              + check.source());
    }
    if (spec.checks().isEmpty()) {
      return lines;
    }
    String total =
        "the gate ends after " + Numbers.length(spec.timeouts().total()) + " at the latest";
    lines.add(
        earliestEnd()
            .filter(end -> !end.isZero())
            .map(end -> "judging takes at least " + Numbers.length(end) + from() + "; " + total)
            .orElse(total));
    return lines;
  }

  private String from() {
    return spec.mode() == Mode.CHECK
        ? ""
        : " at each gate point, counted from the canary's traffic";
  }

  /** From the start of judging until the last check can be whole; empty without checks. */
  Optional<Duration> earliestEnd() {
    return spec.checks().stream().map(this::earliestEnd).max(Comparator.naturalOrder());
  }

  /** Whether the checks can be whole before the gate's time is over. */
  public Optional<String> tooLong() {
    return earliestEnd()
        .filter(end -> end.compareTo(spec.timeouts().total()) > 0)
        .map(
            end ->
                "the checks take at least "
                    + Numbers.length(end)
                    + ", but timeouts.total is "
                    + Numbers.length(spec.timeouts().total())
                    + "; raise it, or measure less often");
  }

  private Duration earliestEnd(Check check) {
    Schedule schedule = check.schedule();
    Duration first = schedule.initialDelay();
    if (check.window().isPresent() && spec.mode() != Mode.CHECK) {
      WindowRule rule = check.window().get();
      Duration least =
          rule.length().compareTo(SHORTEST_WINDOW) < 0 ? rule.length() : SHORTEST_WINDOW;
      Duration window = least.plus(rule.lag());
      first = first.compareTo(window) > 0 ? first : window;
    }
    return first.plus(schedule.interval().multipliedBy(Math.max(0, schedule.count() - 1)));
  }

  private static String measurements(Schedule schedule) {
    if (schedule.count() == 1) {
      return "1 measurement";
    }
    return schedule.count() + " measurements, one every " + Numbers.length(schedule.interval());
  }

  private static String window(Check check) {
    return check.window().map(rule -> " over " + Numbers.length(rule.length())).orElse("");
  }
}
