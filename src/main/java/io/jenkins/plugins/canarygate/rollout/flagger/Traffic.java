package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Share;
import java.time.Instant;
import java.util.Optional;

/** Whether and since when the revision gets traffic, and how much (rules M5, FL3). */
final class Traffic {
  private final Look look;
  private final CanaryStatus status;
  private final Analysis analysis;
  private final Optional<Instant> since;

  Traffic(Look look) {
    this.look = look;
    this.status = look.status();
    this.analysis = look.canary().analysis();
    if (look.current() && status.canaryWeight() > 0) {
      look.notes().weight(status.canaryWeight());
    }
    this.since = readSince();
  }

  /** Whether the canary has pods that get traffic, of users or of tests. */
  boolean arrived() {
    return look.current()
        && status.phase().analyses()
        && (status.canaryWeight() > 0
            || status.iterations() > 0
            || status.phase() == CanaryPhase.WAITING_PROMOTION);
  }

  Optional<Instant> since() {
    return since;
  }

  /** The first look that shows it; for a gate that comes to the promotion, when that began. */
  private Optional<Instant> readSince() {
    if (look.phase() == CanaryPhase.PROGRESSING && !arrived()) {
      // Also when an analysis begins again: traffic goes back to the primary first.
      look.notes().noTraffic();
    }
    if (!look.current() || !(arrived() || look.phase().promotes())) {
      return Optional.empty();
    }
    Instant now = look.now();
    Instant first =
        look.phase() == CanaryPhase.WAITING_PROMOTION
            ? status.phaseSince().filter(at -> at.isBefore(now)).orElse(now)
            : now;
    Binding live = look.live().orElseThrow();
    return Optional.of(
        look.notes().trafficSince(live.template() + " " + live.trackedConfigs(), first));
  }

  /** How much the gate's revision serves; empty where that says nothing. */
  Optional<Share> share(Fate fate, Failing failing) {
    if (fate == Fate.LANDED) {
      return Optional.of(new Share("all traffic", true, Optional.empty()));
    }
    if (fate == Fate.FAILED_SERVING) {
      return Optional.of(new Share(failing.whoServes(), true, Optional.empty()));
    }
    if (!look.current() || status.phase() == CanaryPhase.FAILED) {
      return Optional.empty();
    }
    if (status.phase().promotes()) {
      return Optional.of(new Share("traffic, and is being promoted", true, since));
    }
    if (look.notes().leftTraffic()) {
      return Optional.of(left());
    }
    if (!status.phase().analyses()) {
      return Optional.of(new Share("nothing yet", false, Optional.empty()));
    }
    return Optional.of(
        switch (analysis.strategy()) {
          case CANARY -> weighted();
          case AB -> new Share(arrived() ? "all users who match" : "nothing yet", arrived(), since);
          case BLUE_GREEN -> blueGreen();
        });
  }

  /** What a promotion that failed gave the canary, and nothing is known to have taken back. */
  private Share left() {
    String who =
        analysis.strategy() == Analysis.Strategy.AB ? "all users who match" : "all traffic";
    String where = look.canary().provider().isPresent() ? "" : ", where there is a router";
    return new Share(
        who
            + where
            + ", as far as is known: a promotion failed before, and left it with the canary",
        true,
        since);
  }

  /** WaitingPromotion forgets the weight, and the mesh keeps it. */
  private Share weighted() {
    if (status.phase() != CanaryPhase.WAITING_PROMOTION) {
      boolean mirrored = analysis.mirrors() && status.canaryWeight() == 0;
      return new Share(
          mirrored ? "no users, copies of requests at most" : status.canaryWeight() + " %",
          status.canaryWeight() > 0,
          since);
    }
    String weight =
        look.notes()
            .weight()
            .map(seen -> seen + " %")
            .orElse("at least " + analysis.maxWeight() + " %");
    return new Share(weight, true, since);
  }

  /** After the first yes a router sends everything to the canary, before anything is promoted. */
  private Share blueGreen() {
    if (status.iterations() > analysis.iterations() && !analysis.withoutRouter()) {
      String where = look.canary().provider().isPresent() ? "" : ", where there is a router";
      return new Share("all traffic, not yet promoted" + where, true, since);
    }
    return new Share(
        analysis.mirrors() ? "no users, only copies of requests" : "no users, only tests",
        false,
        since);
  }
}
