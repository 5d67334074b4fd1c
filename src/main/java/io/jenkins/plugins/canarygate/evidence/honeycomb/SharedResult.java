package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One query result that several checks and gates wait for. Whoever holds {@link #turn} moves it on;
 * which calculations it has is guarded by {@link HoneycombAnswers}.
 */
final class SharedResult {
  /** Honeycomb's limit of calculations in a query. */
  private static final int MOST = 100;

  final ReentrantLock turn = new ReentrantLock();
  final String reservation = UUID.randomUUID().toString();
  final String account;
  final ResultSpec spec;

  private final Map<String, JsonNode> calculations = new LinkedHashMap<>();
  private boolean sealed;

  private volatile Created created;
  private volatile Ended ended;
  private volatile Instant asked;

  /** How a created result is doing; the id is Honeycomb's. */
  record Created(String id, Instant at, Instant deadline, Instant nextLook, int looks) {}

  /** What came of it, and when: a result or a reason. */
  record Ended(Optional<QueryResult> result, String why, Instant at) {}

  SharedResult(String account, ResultSpec spec, Instant now) {
    this.account = account;
    this.spec = spec;
    this.asked = now;
  }

  boolean covers(Set<String> names) {
    return calculations.keySet().containsAll(names);
  }

  /** Takes further calculations; false if the query has gone out, or has too many. */
  boolean join(Map<String, JsonNode> more) {
    if (sealed) {
      return covers(more.keySet());
    }
    Map<String, JsonNode> all = new LinkedHashMap<>(calculations);
    all.putAll(more);
    if (all.size() > MOST) {
      return false;
    }
    calculations.putAll(more);
    return true;
  }

  /** The result exists already, and is known to have these too. */
  void adopt(Map<String, JsonNode> more) {
    sealed = true;
    calculations.putAll(more);
  }

  List<JsonNode> seal() {
    sealed = true;
    return List.copyOf(calculations.values());
  }

  Optional<Created> created() {
    return Optional.ofNullable(created);
  }

  void created(Created now) {
    created = now;
  }

  Optional<Ended> ended() {
    return Optional.ofNullable(ended);
  }

  void ended(Ended now) {
    ended = now;
  }

  Instant asked() {
    return asked;
  }

  void asked(Instant now) {
    asked = now;
  }
}
