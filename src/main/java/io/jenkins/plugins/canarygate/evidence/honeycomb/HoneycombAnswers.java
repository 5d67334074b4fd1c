package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.honeycomb.SharedResult.Created;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a process remembers of Honeycomb for a short time, so that gates that ask the same share one
 * query, one result and one answer. Thread-safe, bounded; it knows no clock.
 */
public final class HoneycombAnswers {
  /** How long an answer is good for others who ask the same. */
  static final Duration SHARED = Duration.ofMinutes(1);

  /** How long a failure is: those who wait for it learn of it, those who try again do not. */
  static final Duration FAILED = Duration.ofSeconds(5);

  private static final Duration ABANDONED = Duration.ofMinutes(5);
  private static final int MOST = 500;

  private final int most;
  private final Map<String, List<SharedResult>> groups = new LinkedHashMap<>();
  private final Map<String, String> queries;
  private final Set<String> failed;

  public HoneycombAnswers() {
    this(MOST);
  }

  /**
   * @param most how many results are remembered at the same time
   */
  public HoneycombAnswers(int most) {
    this.most = most;
    this.queries = bounded(4 * most);
    this.failed = Collections.newSetFromMap(bounded(most));
  }

  private static <V> Map<String, V> bounded(int size) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > size;
      }
    };
  }

  /**
   * The result that answers {@code spec}: one that is there, one that waits and takes its
   * calculations too, one that a ticket names, or a new one.
   *
   * @param ticket the id of a result that was created for this before
   */
  synchronized SharedResult find(
      String account, ResultSpec spec, Optional<Created> ticket, Instant now) {
    forget(now);
    List<SharedResult> group =
        groups.computeIfAbsent(account + " " + spec.group(), key -> new ArrayList<>());
    SharedResult found = choose(group, account, spec, known(account, ticket), now);
    found.asked(now);
    return found;
  }

  private Optional<Created> known(String account, Optional<Created> ticket) {
    return ticket.filter(created -> !failed.contains(account + " " + created.id()));
  }

  private SharedResult choose(
      List<SharedResult> group,
      String account,
      ResultSpec spec,
      Optional<Created> ticket,
      Instant now) {
    Set<String> names = spec.calculations().keySet();
    for (SharedResult each : group) {
      boolean same =
          ticket.isPresent() && each.created().map(Created::id).equals(ticket.map(Created::id));
      if (same) {
        each.adopt(spec.calculations());
        return each;
      }
      if (each.created().isPresent() && each.covers(names)) {
        return each;
      }
    }
    if (ticket.isEmpty()) {
      for (SharedResult each : group) {
        if (each.created().isEmpty() && each.join(spec.calculations())) {
          return each;
        }
      }
    }
    SharedResult made = new SharedResult(account, spec, now);
    made.join(spec.calculations());
    ticket.ifPresent(
        created -> {
          made.adopt(spec.calculations());
          made.created(created);
        });
    group.add(made);
    return made;
  }

  /** The calculations that a result is created with; nobody joins it from now on. */
  synchronized Collection<JsonNode> seal(SharedResult result) {
    return result.seal();
  }

  /** The id of a query that was created before; creating one again does no harm. */
  synchronized Optional<String> query(String account, String dataset, JsonNode spec) {
    return Optional.ofNullable(queries.get(key(account, dataset, spec)));
  }

  synchronized void remember(String account, String dataset, JsonNode spec, String id) {
    queries.put(key(account, dataset, spec), id);
  }

  synchronized void forgetQuery(String account, String dataset, JsonNode spec) {
    queries.remove(key(account, dataset, spec));
  }

  /** This result will never have an answer, whoever brings its id back. */
  synchronized void failed(String account, String resultId) {
    failed.add(account + " " + resultId);
  }

  private static String key(String account, String dataset, JsonNode spec) {
    return account + " " + dataset + " " + ResultSpec.sorted(spec);
  }

  private void forget(Instant now) {
    for (List<SharedResult> group : groups.values()) {
      group.removeIf(each -> over(each, now));
    }
    groups.values().removeIf(List::isEmpty);
    var oldest = groups.keySet().iterator();
    while (groups.size() > most && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  private static boolean over(SharedResult each, Instant now) {
    return each.ended()
        .map(ended -> now.isAfter(ended.at().plus(ended.result().isPresent() ? SHARED : FAILED)))
        .orElse(now.isAfter(each.asked().plus(ABANDONED)));
  }

  /** How many results are remembered. */
  synchronized int size() {
    return groups.values().stream().mapToInt(List::size).sum();
  }
}
