package io.jenkins.plugins.canarygate.server.flagger;

import io.jenkins.plugins.canarygate.rollout.flagger.CanaryView;
import io.jenkins.plugins.canarygate.rollout.flagger.Hook;
import io.jenkins.plugins.canarygate.rollout.flagger.HookAnswer;
import io.jenkins.plugins.canarygate.rollout.flagger.HookAnswers;
import io.jenkins.plugins.canarygate.server.flagger.LiveLook.Seen;
import io.jenkins.plugins.canarygate.server.flagger.LiveLook.UnseenException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Answers Flagger's questions about one Canary: no from what the watch says, if that will do, and
 * anything else only from objects that were read for this answer. Nothing is remembered from one
 * answer to the next.
 */
final class HookDesk {
  private static final Duration REACHED_WITHIN = Duration.ofMinutes(1);

  /**
   * An answer, and where it comes from.
   *
   * @param by {@code watch} or {@code look}
   */
  record Answer(HookAnswer answer, String by) {}

  private final Canaries canaries;
  private final LiveLook live;
  private final HookMetrics metrics;
  private final InstantSource clock;
  private final AtomicReference<Instant> reached = new AtomicReference<>(Instant.MIN);

  HookDesk(Canaries canaries, LiveLook live, HookMetrics metrics, InstantSource clock) {
    this.canaries = canaries;
    this.live = live;
    this.metrics = metrics;
    this.clock = clock;
  }

  Answer answer(Hook hook, CanaryName name) {
    Optional<HookAnswer> no = byWatch(hook, name);
    return no.isPresent() ? new Answer(no.get(), "watch") : new Answer(byLook(hook, name), "look");
  }

  private Optional<HookAnswer> byWatch(Hook hook, CanaryName name) {
    if (!canaries.covers(name.namespace())) {
      return Optional.of(no("this gate server does not answer for namespace " + name.namespace()));
    }
    if (!canaries.current(name.namespace())) {
      return Optional.empty();
    }
    Optional<CanaryView> known = canaries.find(name);
    return known.isEmpty()
        ? Optional.of(missing(name))
        : HookAnswers.noAnyway(hook, known.get(), clock.instant());
  }

  private HookAnswer byLook(Hook hook, CanaryName name) {
    try {
      Optional<Seen> seen = live.at(name);
      reached.set(clock.instant());
      metrics.looked(seen.isPresent() ? "seen" : "missing");
      return seen.map(
              found -> HookAnswers.answer(hook, found.canary(), found.target(), clock.instant()))
          .orElseGet(() -> missing(name));
    } catch (UnseenException e) {
      metrics.looked("failed");
      return no(e.getMessage());
    }
  }

  /** What stands in the way of right answers. */
  List<String> notReady() {
    List<String> gaps = canaries.gaps();
    boolean reachable =
        reached.get().isAfter(clock.instant().minus(REACHED_WITHIN))
            && !reached.get().equals(Instant.MIN);
    return reachable ? List.of() : gaps;
  }

  private static HookAnswer missing(CanaryName name) {
    return no("there is no Canary " + name);
  }

  private static HookAnswer no(String reason) {
    return new HookAnswer(false, "no: " + reason);
  }
}
