package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CheckPlan.Need;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many query results a gate will take, as far as its checks tell: measurements that are early,
 * or fail and are tried again, come on top; what other gates share comes off.
 *
 * @param results in all
 * @param peak the most that are asked for in one minute
 * @param span from the first measurement to the last
 * @param waiting how long the waiting line holds the last of them up
 * @param perMinute what the process takes
 */
public record HoneycombBudget(
    int results, int peak, Duration span, Duration waiting, int perMinute) {
  // A count that nobody would wait for must not keep us counting.
  private static final int MOST = 10_000;
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Instant THEN = Instant.EPOCH.plus(Duration.ofDays(8));

  /** Counts the results of one gate. */
  public static HoneycombBudget of(HoneycombGate gate, int perMinute) {
    Planner planner = Planner.sample(gate, Map.of());
    Map<Long, Set<String>> byMinute = new TreeMap<>();
    gate.sections()
        .forEach(
            (name, section) -> {
              if (section.query() != null) {
                count(planner, gate.check(name), byMinute);
              }
            });
    int results = byMinute.values().stream().mapToInt(Set::size).sum();
    int peak = byMinute.values().stream().mapToInt(Set::size).max().orElse(0);
    long last = byMinute.keySet().stream().mapToLong(minute -> minute).max().orElse(0);
    return new HoneycombBudget(
        results, peak, Duration.ofMinutes(last), line(byMinute, perMinute), perMinute);
  }

  private static void count(Planner planner, Check check, Map<Long, Set<String>> byMinute) {
    Duration length = check.window().map(rule -> rule.length()).orElse(LEAST);
    Window window = new Window(THEN.minus(length.compareTo(LEAST) < 0 ? LEAST : length), THEN);
    Set<String> groups = new HashSet<>();
    for (Need need : planner.plan(check.name(), window).needs()) {
      groups.add(need.spec().group());
    }
    Duration interval = check.schedule().interval();
    Duration step = interval.compareTo(LEAST) < 0 ? LEAST : interval;
    for (int i = 0; i < Math.min(check.schedule().count(), MOST); i++) {
      long minute = check.schedule().initialDelay().plus(step.multipliedBy(i)).toMinutes();
      byMinute.computeIfAbsent(minute, m -> new HashSet<>()).addAll(groups);
    }
  }

  /** The longest that anybody waits, where so many are served each minute. */
  private static Duration line(Map<Long, Set<String>> byMinute, int perMinute) {
    long backlog = 0;
    long longest = 0;
    long minute = 0;
    for (var entry : byMinute.entrySet()) {
      backlog = Math.max(0, backlog - (entry.getKey() - minute) * perMinute);
      minute = entry.getKey();
      backlog += entry.getValue().size();
      longest = Math.max(longest, (backlog - 1) / perMinute);
    }
    return Duration.ofMinutes(longest);
  }

  /** One line for a person. */
  public String line() {
    if (results == 0) {
      return "Honeycomb: no query results";
    }
    return "Honeycomb: about "
        + results
        + (results == 1 ? " query result" : " query results over ")
        + (results == 1 ? "" : span.toMinutes() + 1 + " min")
        + ", at most "
        + peak
        + " in a minute; this process takes "
        + perMinute
        + " a minute"
        + (waiting.isZero() ? "" : ", so some wait up to " + waiting.toMinutes() + " min");
  }
}
