package io.jenkins.plugins.canarygate.sandbox.flagger;

import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When each Canary is looked at ({@code scheduleCanaries} and {@code controller/job.go}): from the
 * round that finds it on, at its interval. A clock that jumps over several intervals gives one
 * look, as a ticker does whose reader is late.
 */
final class Jobs {
  private Duration controlLoop = Duration.ofSeconds(10);
  private Duration shortest = Duration.ofSeconds(10);
  private Instant round;
  private final Map<ObjectKey, Job> jobs = new HashMap<>();

  private record Job(Duration interval, Instant next) {}

  Jobs(Instant now) {
    this.round = now.plus(controlLoop);
  }

  void controlLoop(Duration every, Instant now) {
    controlLoop = every;
    round = now.plus(every);
  }

  void shortest(Duration interval) {
    shortest = interval;
  }

  void forget(Instant now) {
    jobs.clear();
    round = now.plus(controlLoop);
  }

  Instant nextDue() {
    return jobs.values().stream().map(Job::next).min(Comparator.naturalOrder()).stream()
        .filter(next -> next.isBefore(round))
        .findFirst()
        .orElse(round);
  }

  /** Which are to be looked at now, in the order they became due. */
  List<ObjectKey> due(Instant now, List<Stored> canaries) {
    if (!now.isBefore(round)) {
      schedule(now, canaries);
      round = after(round, controlLoop, now);
    }
    List<ObjectKey> due = new ArrayList<>();
    jobs.forEach(
        (key, job) -> {
          if (!job.next().isAfter(now)) {
            due.add(key);
          }
        });
    due.sort(Comparator.comparing((ObjectKey key) -> jobs.get(key).next()));
    for (ObjectKey key : due) {
      jobs.computeIfPresent(
          key, (k, job) -> new Job(job.interval(), after(job.next(), job.interval(), now)));
    }
    return due;
  }

  private void schedule(Instant now, List<Stored> canaries) {
    Set<ObjectKey> there = new HashSet<>();
    for (Stored stored : canaries) {
      Duration interval = new CanaryView(stored.tree()).interval(shortest);
      there.add(stored.key());
      Job job = jobs.get(stored.key());
      if (job == null || !job.interval().equals(interval)) {
        jobs.put(stored.key(), new Job(interval, now));
      }
    }
    jobs.keySet().retainAll(there);
  }

  private static Instant after(Instant from, Duration interval, Instant now) {
    long missed = Duration.between(from, now).dividedBy(interval);
    return from.plus(interval.multipliedBy(missed + 1));
  }
}
