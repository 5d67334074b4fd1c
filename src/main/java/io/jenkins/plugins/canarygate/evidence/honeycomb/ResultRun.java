package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import io.jenkins.plugins.canarygate.evidence.honeycomb.SharedResult.Created;
import io.jenkins.plugins.canarygate.evidence.honeycomb.SharedResult.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Moves a query result on by one step: a place in line, the query, the result, a look at it. */
final class ResultRun {
  /** How long Honeycomb gets to finish what it allows itself 10 s for. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  static final Duration FIRST_LOOK = Duration.ofMillis(500);
  static final Duration LATER_LOOKS = Duration.ofSeconds(2);

  /** How long a 429 without a hint is waited for: Query Data answers carry none. */
  static final Duration RATE_LIMIT = Duration.ofSeconds(60);

  private final HoneycombClient client;
  private final HoneycombQuota quota;
  private final HoneycombAnswers answers;

  ResultRun(HoneycombClient client, HoneycombQuota quota, HoneycombAnswers answers) {
    this.client = client;
    this.quota = quota;
    this.answers = answers;
  }

  /** Where a result stands. */
  sealed interface Progress {
    record Ready(QueryResult result) implements Progress {}

    record Waiting(Duration lookAgain, String why) implements Progress {}

    record Broken(String why) implements Progress {}
  }

  Progress step(SharedResult result, Instant now) {
    if (!result.turn.tryLock()) {
      return new Progress.Waiting(FIRST_LOOK, "another gate is asking Honeycomb the same");
    }
    try {
      if (result.ended().isPresent()) {
        return progress(result.ended().get());
      }
      return result.created().isPresent()
          ? look(result, result.created().get(), now)
          : create(result, now);
    } finally {
      result.turn.unlock();
    }
  }

  private static Progress progress(Ended ended) {
    return ended
        .result()
        .<Progress>map(Progress.Ready::new)
        .orElseGet(() -> new Progress.Broken(ended.why()));
  }

  private Progress create(SharedResult result, Instant now) {
    HoneycombQuota.Turn turn = quota.ask(result.account, result.reservation, now);
    if (turn instanceof HoneycombQuota.Turn.Wait wait) {
      return inLine(wait, now);
    }
    JsonNode query = result.spec.query(answers.seal(result));
    String dataset = result.spec.dataset();
    String queryId;
    try {
      queryId = query(result.account, dataset, query);
    } catch (HoneycombException e) {
      // Creating a query takes nothing from the quota.
      quota.giveBack(result.account, now);
      return refused(result, e, now);
    }
    try {
      String id = client.createResult(dataset, queryId);
      result.created(new Created(id, now, now.plus(LIMIT), now.plus(FIRST_LOOK), 0));
      return new Progress.Waiting(FIRST_LOOK, "Honeycomb runs the query");
    } catch (HoneycombException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        answers.forgetQuery(result.account, dataset, query);
      }
      return refused(result, e, now);
    }
  }

  private String query(String account, String dataset, JsonNode query) throws HoneycombException {
    Optional<String> known = answers.query(account, dataset, query);
    if (known.isPresent()) {
      return known.get();
    }
    String id = client.createQuery(dataset, query);
    answers.remember(account, dataset, query, id);
    return id;
  }

  private Progress inLine(HoneycombQuota.Turn.Wait wait, Instant now) {
    Duration until = Duration.between(now, wait.until());
    long seconds = (until.toMillis() + 999) / 1000;
    return new Progress.Waiting(
        until,
        "waiting for Honeycomb: place "
            + wait.place()
            + " in line, about "
            + seconds
            + " s ("
            + quota.perMinute()
            + " results a minute)");
  }

  private Progress refused(SharedResult result, HoneycombException e, Instant now) {
    if (e.kind() == Kind.RATE_LIMITED) {
      Duration wait = e.retryAfter().orElse(RATE_LIMIT);
      quota.pushBack(result.account, result.reservation, now.plus(wait));
      return new Progress.Waiting(wait, e.getMessage() + "; asking again in " + text(wait));
    }
    return end(result, e.getMessage(), now);
  }

  private Progress look(SharedResult result, Created created, Instant now) {
    if (now.isBefore(created.nextLook())) {
      return waiting(created, now, "Honeycomb runs the query");
    }
    try {
      QueryResult answer = client.result(result.spec.dataset(), created.id());
      if (answer.error().isPresent()) {
        return end(result, "Honeycomb could not run the query: " + answer.error().get(), now);
      }
      if (answer.complete()) {
        result.ended(new Ended(Optional.of(answer), "", now));
        return new Progress.Ready(answer);
      }
      return later(result, created, now, "Honeycomb runs the query");
    } catch (HoneycombException e) {
      if (e.kind() == Kind.RATE_LIMITED) {
        return limited(result, created, e, now);
      }
      // What was paid for is not given up for a connection that broke.
      return e.refused()
          ? end(result, e.getMessage(), now)
          : later(result, created, now, e.getMessage());
    }
  }

  private Progress limited(
      SharedResult result, Created created, HoneycombException e, Instant now) {
    Duration wait = e.retryAfter().orElse(LATER_LOOKS);
    Instant next = now.plus(wait);
    Instant deadline = next.plus(LATER_LOOKS);
    result.created(
        new Created(
            created.id(),
            created.at(),
            deadline.isAfter(created.deadline()) ? deadline : created.deadline(),
            next,
            created.looks()));
    return new Progress.Waiting(wait, e.getMessage() + "; asking again in " + text(wait));
  }

  private Progress later(SharedResult result, Created created, Instant now, String why) {
    if (!now.isBefore(created.deadline())) {
      return end(result, "Honeycomb did not finish the query in time (" + why + ")", now);
    }
    long millis = (long) (FIRST_LOOK.toMillis() * Math.pow(1.5, created.looks() + 1));
    Duration wait = Duration.ofMillis(Math.min(millis, LATER_LOOKS.toMillis()));
    Created next =
        new Created(
            created.id(), created.at(), created.deadline(), now.plus(wait), created.looks() + 1);
    result.created(next);
    return waiting(next, now, why);
  }

  private static Progress waiting(Created created, Instant now, String why) {
    return new Progress.Waiting(Duration.between(now, created.nextLook()), why);
  }

  private Progress end(SharedResult result, String why, Instant now) {
    result.created().ifPresent(created -> answers.failed(result.account, created.id()));
    result.ended(new Ended(Optional.empty(), why, now));
    return new Progress.Broken(why);
  }

  private static String text(Duration wait) {
    return (wait.toMillis() + 999) / 1000 + " s";
  }
}
