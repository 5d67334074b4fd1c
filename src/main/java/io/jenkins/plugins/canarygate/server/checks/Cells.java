package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gatefile.Checks;
import io.jenkins.plugins.canarygate.gatefile.NamedCheck;
import io.jenkins.plugins.canarygate.server.checks.RefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The checks that somebody asks for, each with its arguments: a bounded number. */
final class Cells {
  /** How many are kept in all. */
  static final int MOST = 500;

  /** How many of them one caller's questions may have made. */
  static final int MOST_OF_A_CALLER = 100;

  /** How many questions wait at the same time, of the connections that the port takes. */
  static final int MOST_WAITING = 200;

  private final CheckSources sources;
  private final Sharing sharing;
  private final CheckRuntime runtime;
  private final ChecksMetrics metrics;
  private final WaitingRoom room = new WaitingRoom(MOST_WAITING);
  private final Map<String, Cell> cells = new ConcurrentHashMap<>();

  Cells(CheckSources sources, Sharing sharing, CheckRuntime runtime, ChecksMetrics metrics) {
    this.sources = sources;
    this.sharing = sharing;
    this.runtime = runtime;
    this.metrics = metrics;
  }

  /**
   * Asks for a check.
   *
   * @param caller who asks, for the bounds
   * @param arguments those that the check has a use for, verified
   * @param patience how long the caller waits at most
   * @throws RefusedException if there are too many already, or its source has no use for a value
   */
  CompletionStage<Answered> ask(
      NamedCheck check, Map<String, String> arguments, String caller, Duration patience)
      throws RefusedException {
    CheckKey key = CheckKey.of(check, arguments);
    Cell cell = cells.get(key.id());
    if (cell == null || !cell.isOpen()) {
      cell = make(key, check, caller);
    }
    return cell.ask(check.times(), patience);
  }

  private synchronized Cell make(CheckKey key, NamedCheck check, String caller)
      throws RefusedException {
    Cell there = cells.get(key.id());
    if (there != null && there.isOpen()) {
      return there;
    }
    if (cells.size() >= MOST) {
      throw new RefusedException(
          Reason.LIMIT,
          "this server keeps " + MOST + " checks with different arguments already; ask for fewer");
    }
    if (cells.values().stream().filter(c -> c.caller().equals(caller)).count()
        >= MOST_OF_A_CALLER) {
      throw new RefusedException(
          Reason.LIMIT,
          "this token has asked for "
              + MOST_OF_A_CALLER
              + " checks with different arguments lately; ask for fewer");
    }
    NamedCheck.Asked asked;
    EvidenceSource source;
    try {
      asked = check.ask(key.arguments());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Reason.QUESTION, e.getMessage());
    }
    source = sources.source(asked);
    Cell made =
        new Cell(
            key,
            caller,
            check.times(),
            asked,
            source,
            sharing.of(key),
            runtime,
            metrics,
            room,
            cell -> cells.remove(key.id(), cell));
    cells.put(key.id(), made);
    made.next();
    return made;
  }

  /** Drops what a new file no longer has, or has otherwise. */
  void keep(Checks checks) {
    for (Cell cell : List.copyOf(cells.values())) {
      boolean same =
          checks
              .check(cell.key.check())
              .filter(check -> check.arguments().equals(cell.key.arguments().keySet()))
              .map(check -> CheckKey.of(check, cell.key.arguments()).equals(cell.key))
              .orElse(false);
      if (!same && cells.remove(cell.key.id(), cell)) {
        cell.close();
      }
    }
  }

  /** How many are kept, by check. */
  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    cells.values().forEach(cell -> sizes.merge(cell.key.check(), 1, Integer::sum));
    return sizes;
  }

  /** The age of the oldest value of each check that has one. */
  Map<String, Duration> oldest() {
    Instant now = runtime.clock().now().now();
    Map<String, Duration> ages = new HashMap<>();
    for (Cell cell : cells.values()) {
      cell.age(now)
          .ifPresent(
              age ->
                  ages.merge(
                      cell.key.check(), age, (one, two) -> one.compareTo(two) > 0 ? one : two));
    }
    return ages;
  }

  /**
   * Ends all, and lets other replicas go on at once.
   *
   * @return completes when they can
   */
  CompletableFuture<Void> close() {
    List<Cell> all = List.copyOf(cells.values());
    cells.clear();
    return CompletableFuture.allOf(all.stream().map(Cell::close).toArray(CompletableFuture[]::new));
  }
}
