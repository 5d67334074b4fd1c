package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.Moment;
import io.jenkins.plugins.canarygate.gatefile.NamedCheck;
import io.jenkins.plugins.canarygate.host.Timers.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * One check with its arguments, while somebody asks for it: measured again and again by this
 * replica or by another, and answered from memory. Its turns run one at a time on the pool; no
 * thread waits.
 */
final class Cell {
  /** How long a measurement that has begun keeps other replicas off, renewed while it goes on. */
  private static final Duration CLAIM = Duration.ofSeconds(20);

  private static final Duration RENEW_AFTER = Duration.ofSeconds(10);

  /** How long after the next value is due another replica waits before it takes over. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration POLL_WHILE_WAITING = Duration.ofSeconds(1);
  private static final Duration ERROR_RETRY = Duration.ofSeconds(10);
  private static final Duration STAND_BACK = Duration.ofSeconds(20);
  private static final int FAILURES_TO_STAND_BACK = 3;

  /** How far the clocks of two replicas may be apart. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  final CheckKey key;
  private final String caller;
  private final EvidenceSource source;
  private final NamedCheck.Asked asked;
  private final Share share;
  private final CheckRuntime runtime;
  private final ChecksMetrics metrics;
  private final WaitingRoom room;
  private final Consumer<Cell> drop;

  private volatile NamedCheck.Times times;
  private volatile Instant lastAsked;
  private volatile Value latest;
  private volatile String trouble = "";
  private volatile boolean failing;

  // Guarded by this.
  private final List<CompletableFuture<Answered>> waiting = new ArrayList<>();
  private boolean running;
  private boolean closed;
  private CompletableFuture<Void> released;
  private Cancellable alarm = () -> {};

  // Of the turn alone.
  private Measuring measuring;
  private Instant claimed = Instant.MIN;
  private int failures;

  /**
   * @param caller whose question made it
   * @param room where questions wait
   * @param drop takes it out of what is kept
   */
  Cell(
      CheckKey key,
      String caller,
      NamedCheck.Times times,
      NamedCheck.Asked asked,
      EvidenceSource source,
      Share share,
      CheckRuntime runtime,
      ChecksMetrics metrics,
      WaitingRoom room,
      Consumer<Cell> drop) {
    this.key = key;
    this.caller = caller;
    this.times = times;
    this.asked = asked;
    this.source = source;
    this.share = share;
    this.runtime = runtime;
    this.metrics = metrics;
    this.room = room;
    this.drop = drop;
    this.lastAsked = runtime.clock().now().now();
  }

  String caller() {
    return caller;
  }

  /** When it was last asked for. */
  Instant lastAsked() {
    return lastAsked;
  }

  /** How old what it knows is; empty if it knows nothing. */
  Optional<Duration> age(Instant now) {
    return Optional.ofNullable(latest).map(value -> Duration.between(value.at(), now));
  }

  /**
   * Answers from memory, or as soon as there is something to answer.
   *
   * @param times those of the file as it is now
   * @param patience how long the caller waits at most
   */
  CompletionStage<Answered> ask(NamedCheck.Times times, Duration patience) {
    Instant now = runtime.clock().now().now();
    this.times = times;
    this.lastAsked = now;
    Optional<Answered> known = known(now);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    if (failing || !room.enter()) {
      return CompletableFuture.completedFuture(unknown(runtime.clock().now()));
    }
    CompletableFuture<Answered> later = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(later);
    }
    Cancellable limit =
        runtime.timers().schedule(patience, () -> later.complete(unknown(runtime.clock().now())));
    later.whenComplete(
        (answered, failure) -> {
          limit.cancel();
          room.leave();
          synchronized (this) {
            waiting.remove(later);
          }
        });
    return later;
  }

  /** Has its first turn, or the next one. */
  void next() {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    try {
      runtime.pool().execute(this::run);
    } catch (RejectedExecutionException stopping) {
      close();
    }
  }

  /** Whether it can still be asked. */
  synchronized boolean isOpen() {
    return !closed;
  }

  /**
   * Ends it: whoever waits is told so, and another replica can go on at once.
   *
   * @return completes when it can
   */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    boolean now;
    synchronized (this) {
      closed = true;
      alarm.cancel();
      released = done;
      now = !running;
    }
    tell(unknown(runtime.clock().now()));
    if (now) {
      try {
        runtime.pool().execute(() -> release(done));
      } catch (RejectedExecutionException stopping) {
        done.complete(null);
      }
    }
    return done;
  }

  private void release(CompletableFuture<Void> done) {
    try {
      abandon();
      share.release();
    } finally {
      done.complete(null);
    }
  }

  private void run() {
    synchronized (this) {
      if (closed) {
        return;
      }
      running = true;
    }
    Duration next;
    try {
      next = turn(runtime.clock().now());
    } catch (RuntimeException | Error unexpected) {
      runtime
          .say()
          .accept("unexpected while measuring " + key + ": " + unexpected.getClass().getName());
      abandon();
      next = ERROR_RETRY;
    }
    CompletableFuture<Void> closing;
    synchronized (this) {
      running = false;
      closing = released;
      if (!closed) {
        alarm = runtime.timers().schedule(spread(next), this::next);
      }
    }
    if (closing != null) {
      release(closing);
    }
  }

  /** Never all at the same instant, and never earlier. */
  private Duration spread(Duration wait) {
    long tenth = Math.min(1000, wait.toMillis() / 10);
    return wait.plusMillis(Math.round(runtime.random().nextDouble() * tenth));
  }

  /** Does what is due; after how long there may be more. */
  private Duration turn(Moment now) {
    if (now.now().isAfter(lastAsked.plus(times.idleAfter()))) {
      drop.accept(this);
      synchronized (this) {
        closed = true;
      }
      tell(unknown(now));
      abandon();
      share.end();
      return Duration.ZERO;
    }
    if (measuring == null) {
      Optional<Duration> wait = begin(now.now());
      if (wait.isPresent()) {
        return wait.get();
      }
    } else if (now.now().isAfter(claimed.plus(RENEW_AFTER))) {
      if (!share.take(CLAIM)) {
        abandon();
        return POLL_WHILE_WAITING;
      }
      claimed = now.now();
    }
    return measure(runtime.clock().now().now());
  }

  /** Begins a measurement if one is due and this replica's; otherwise after how long to look. */
  private Optional<Duration> begin(Instant now) {
    if (now.isBefore(due())) {
      return Optional.of(Duration.between(now, due()));
    }
    Share.Holder holder = share.look();
    share.published().ifPresent(this::adopt);
    if (holder == Share.Holder.UNKNOWN) {
      return Optional.of(poll());
    }
    if (now.isBefore(due())) {
      Duration wait = Duration.between(now, due());
      return Optional.of(holder == Share.Holder.THEIRS ? wait.plus(POLL) : wait);
    }
    if (holder == Share.Holder.THEIRS) {
      return Optional.of(poll());
    }
    if (holder == Share.Holder.FREE && !share.take(CLAIM)) {
      return Optional.of(POLL_WHILE_WAITING);
    }
    claimed = now;
    measuring = new Measuring(asked.check(), source, now);
    return Optional.empty();
  }

  private synchronized Duration poll() {
    return waiting.isEmpty() ? POLL : POLL_WHILE_WAITING;
  }

  /** When the next value is due; long ago if there is none yet. */
  private Instant due() {
    Value value = latest;
    return value == null ? Instant.MIN : value.at().plus(times.interval());
  }

  private Duration measure(Instant now) {
    Measuring.Outcome outcome = measuring.step(now);
    if (outcome instanceof Measuring.Outcome.NotYet notYet) {
      trouble = notYet.why();
      if (now.isAfter(measuring.began().plus(times.maxAge()))) {
        // It would be too old when it came.
        abandon();
        metrics.refreshed(key.check(), "late");
      }
      return notYet.lookAgain();
    }
    if (outcome instanceof Measuring.Outcome.Failed failed) {
      abandon();
      return failed(failed);
    }
    measuring = null;
    Value value = ((Measuring.Outcome.Measured) outcome).value();
    failures = 0;
    trouble = "";
    failing = false;
    metrics.refreshed(key.check(), value.number().isPresent() ? "value" : "none");
    adopt(value);
    share.publish(value, times.interval().plus(GRACE));
    Duration wait = Duration.between(runtime.clock().now().now(), due());
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** Ends a measurement that has not come to an answer. */
  private void abandon() {
    Measuring begun = measuring;
    measuring = null;
    if (begun != null) {
      begun.abandon(runtime.clock().now().now());
    }
  }

  private Duration failed(Measuring.Outcome.Failed failed) {
    trouble = failed.why();
    failing = true;
    metrics.refreshed(key.check(), "error");
    tell(unknown(runtime.clock().now()));
    if (++failures >= FAILURES_TO_STAND_BACK) {
      // Perhaps it is this replica alone that cannot reach the source.
      failures = 0;
      share.release();
      return STAND_BACK;
    }
    Duration after = failed.after().orElse(ERROR_RETRY);
    return after.compareTo(times.interval()) > 0 ? times.interval() : after;
  }

  /** Takes a value that is newer than the one that is known. */
  private void adopt(Value value) {
    Value known = latest;
    if (known == null || value.at().isAfter(known.at())) {
      latest = value;
      failing = false;
      known(runtime.clock().now().now()).ifPresent(this::tell);
    }
  }

  private void tell(Answered answered) {
    List<CompletableFuture<Answered>> all;
    synchronized (this) {
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(each -> each.complete(answered));
  }

  /** What can be answered at once; empty where waiting may help. */
  private Optional<Answered> known(Instant now) {
    Value value = latest;
    if (value == null || value.at().isBefore(now.minus(times.maxAge()))) {
      return Optional.empty();
    }
    if (value.at().isAfter(now.plus(SKEW))) {
      return Optional.of(
          none("its value is from the future: set the clocks of this server's nodes"));
    }
    Duration age = Duration.between(value.at(), now);
    return Optional.of(
        value.number().isPresent()
            ? new Answered.Evidence(key, value, age.isNegative() ? Duration.ZERO : age)
            : none(value.detail()));
  }

  private Answered unknown(Moment now) {
    return known(now.now())
        .orElseGet(
            () -> {
              Value value = latest;
              String state =
                  value == null
                      ? "not measured yet"
                      : "the last value is "
                          + Numbers.length(Duration.between(value.at(), now.now()))
                          + " old, more than "
                          + Numbers.length(times.maxAge());
              String why = trouble;
              return none(why.isEmpty() ? state : state + ": " + why);
            });
  }

  private Answered none(String why) {
    return new Answered.NoEvidence(key, why, ERROR_RETRY);
  }
}
