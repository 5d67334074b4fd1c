package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Queries and their results, with the limit on how many results may be asked for. */
final class QueryStore {
  private static final int PER_MINUTE = 10;
  private static final String UI = "https://ui.honeycomb.io/sandbox/environments/test/";

  private final InstantSource clock;
  private final Map<String, Dataset> datasets;
  private final Habits habits;
  private final Map<String, JsonNode> queries = new HashMap<>();
  private final Map<String, Result> results = new HashMap<>();
  private final Deque<Instant> creations = new ArrayDeque<>();
  private int number;

  private static final class Result {
    final JsonNode query;
    final String slug;
    final JsonNode wish;
    final Instant created;
    final Deviation deviation;
    int gets;
    ObjectNode data;

    Result(JsonNode query, String slug, JsonNode wish, Instant created, Deviation deviation) {
      this.query = query;
      this.slug = slug;
      this.wish = wish;
      this.created = created;
      this.deviation = deviation;
    }
  }

  QueryStore(InstantSource clock, Map<String, Dataset> datasets, Habits habits) {
    this.clock = clock;
    this.datasets = datasets;
    this.habits = habits;
  }

  Optional<Collection<Dataset>> datasets(String slug) {
    if (slug.equals("__all__")) {
      return Optional.of(List.copyOf(datasets.values()));
    }
    return Optional.ofNullable(datasets.get(slug)).map(List::of);
  }

  synchronized Answer createQuery(String slug, Request request) {
    Optional<Collection<Dataset>> found = datasets(slug);
    if (found.isEmpty()) {
      return Problem.notFound("Dataset not found");
    }
    JsonNode query = Json.read(request.body());
    if (!query.isObject()) {
      return Problem.unparseable("invalid Query data");
    }
    Set<String> columns = new HashSet<>();
    found.get().forEach(dataset -> columns.addAll(dataset.columns()));
    var faults = QueryCheck.faults(query, columns, clock.instant(), habits.hasBeta());
    if (!faults.isEmpty()) {
      return Problem.invalid(faults);
    }
    String id = id("q");
    ObjectNode stored = ((ObjectNode) query).deepCopy();
    stored.put("id", id);
    if (!stored.has("start_time") && !stored.has("end_time") && !stored.has("time_range")) {
      stored.put("time_range", 7200);
    }
    queries.put(id, stored);
    return Answer.json(200, stored);
  }

  private String id(String kind) {
    number++;
    return kind + Long.toString(number * 2654435761L + 60466176L, 36);
  }

  synchronized Answer createResult(String slug, Request request) {
    JsonNode wish = Json.read(request.body());
    JsonNode query = queries.get(wish.path("query_id").asText(""));
    if (query == null || datasets(slug).isEmpty()) {
      return Problem.notFound("Query not found");
    }
    Instant now = clock.instant();
    while (!creations.isEmpty() && !now.isBefore(creations.peek().plus(Duration.ofMinutes(1)))) {
      creations.remove();
    }
    if (creations.size() >= PER_MINUTE) {
      return Problem.queryDataLimit();
    }
    creations.add(now);
    String id = id("r");
    results.put(id, new Result(query, slug, wish, now, habits.next()));
    ObjectNode answer = Json.object();
    answer.set("query", query);
    answer.put("id", id).put("complete", false);
    links(answer, slug, id);
    return Answer.json(201, answer)
        .with("Location", habits.locationBase() + "/1/query_results/" + slug + "/" + id);
  }

  private static void links(ObjectNode answer, String slug, String id) {
    String url = UI + "datasets/" + slug + "/result/" + id;
    answer.putObject("links").put("query_url", url).put("graph_image_url", url + "/snapshot");
  }

  synchronized Answer getResult(String slug, String id) {
    Result result = results.get(id);
    if (result == null || !result.slug.equals(slug)) {
      return Problem.notFound("Query result not found");
    }
    result.gets++;
    ObjectNode answer = Json.object();
    answer.set("query", result.query);
    answer.put("id", id);
    links(answer, slug, id);
    boolean complete =
        result.gets > habits.pendingGets()
            && !clock.instant().isBefore(result.created.plus(habits.pendingTime()))
            && result.deviation != Deviation.FOREVER_INCOMPLETE;
    answer.put("complete", complete);
    if (complete) {
      finish(answer, result);
    }
    return Answer.json(200, answer);
  }

  private void finish(ObjectNode answer, Result result) {
    if (result.deviation == Deviation.FAILED) {
      answer.put("error", "we had trouble fetching your results! try again?");
      return;
    }
    if (result.data == null) {
      JsonNode wish = result.wish;
      boolean series = !wish.path("disable_series").asBoolean(false);
      int limit =
          series
              ? result.query.path("limit").asInt(100)
              : wish.path("limit").asInt(result.query.path("limit").asInt(1000));
      result.data =
          new QueryRun(result.query, datasets(result.slug).orElseThrow())
              .data(clock.instant().minus(habits.ingestLag()), series, limit);
      result.deviation.change(result.data, result.query);
    }
    answer.set("data", result.data);
  }

  /** How many results were created in the last minute. */
  synchronized int creationsInTheLastMinute() {
    Instant minuteAgo = clock.instant().minus(Duration.ofMinutes(1));
    return (int) creations.stream().filter(minuteAgo::isBefore).count();
  }
}
