package io.jenkins.plugins.canarygate.sandbox.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Change;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keptn's metrics-operator over an {@link ObjectStore}: what it writes and leaves out, when it
 * tries again, and what it never says. It has no thread: it works when {@link #settle} or {@link
 * #tick} is called.
 */
public final class SimulatedKeptn {
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final ObjectStore store;
  private final InstantSource clock;
  private final Answers answers = new Answers();
  private final Providers providers;
  private final Set<ObjectKey> queue = new LinkedHashSet<>();
  private final Map<ObjectKey, Instant> due = new HashMap<>();
  private Duration behind = Duration.ZERO;
  private boolean running = true;

  public SimulatedKeptn(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.providers = new Providers(store, answers);
    store.listen(this::notice);
  }

  /** What the data sources answer. */
  public Answers answers() {
    return answers;
  }

  /** It is down until {@link #start}. */
  public void stop() {
    synchronized (store) {
      running = false;
    }
  }

  public void start() {
    synchronized (store) {
      running = true;
      settle();
    }
  }

  /** Its clock is so much behind the cluster's. */
  public void clockBehind(Duration by) {
    behind = by;
  }

  /** A change of the spec is noticed, as the operator filters by generation. */
  private void notice(Change change) {
    ObjectKey key = change.after().key();
    boolean ours =
        key.resource().group().equals("metrics.keptn.sh")
            && Set.of("analyses", "keptnmetrics").contains(key.resource().plural());
    if (!ours || change.type() == Change.Type.DELETED) {
      return;
    }
    boolean specChanged =
        change
            .before()
            .map(before -> generation(before) != generation(change.after()))
            .orElse(true);
    if (specChanged) {
      queue.add(key);
    }
  }

  private static long generation(Stored stored) {
    return stored.tree().at("/metadata/generation").asLong();
  }

  /** Does everything that is to be done at once. */
  public void settle() {
    synchronized (store) {
      while (running && !queue.isEmpty()) {
        ObjectKey key = queue.iterator().next();
        queue.remove(key);
        due.remove(key);
        store.find(key).ifPresent(stored -> reconcile(key, stored.tree()));
      }
    }
  }

  /** Does what has become due on the clock. */
  public void tick() {
    synchronized (store) {
      Instant now = clock.instant();
      due.entrySet().stream()
          .filter(entry -> !entry.getValue().isAfter(now))
          .map(Map.Entry::getKey)
          .forEach(queue::add);
      settle();
    }
  }

  private void reconcile(ObjectKey key, ObjectNode object) {
    if (key.resource().plural().equals("keptnmetrics")) {
      metric(key, object);
    } else if (!object.at("/status/state").asText("").equals("Completed")) {
      analysis(key, object);
    }
  }

  private Instant now() {
    return clock.instant().minus(behind).truncatedTo(ChronoUnit.SECONDS);
  }

  private void later(ObjectKey key, Duration after) {
    due.put(key, clock.instant().plus(after));
  }

  private void analysis(ObjectKey key, ObjectNode analysis) {
    ObjectNode status = analysis.withObject("/status");
    timeframe(analysis.at("/spec/timeframe"), status);
    if (!status.has("state")) {
      status.put("state", "");
    }
    JsonNode reference = analysis.at("/spec/analysisDefinition");
    String home = reference.path("namespace").asText(key.namespace());
    Optional<JsonNode> definition =
        providers.find(
            key.resource(), "analysisdefinitions", home, reference.path("name").asText());
    if (definition.isEmpty()) {
      write(key, status);
      later(key, AGAIN);
      return;
    }
    status.put("state", "Progressing");
    Map<String, Scoring.Given> values = new LinkedHashMap<>();
    boolean failed = false;
    Instant from = Instant.parse(status.at("/timeframe/from").asText());
    Instant to = Instant.parse(status.at("/timeframe/to").asText());
    for (JsonNode objective : definition.get().at("/spec/objectives")) {
      JsonNode template = objective.path("analysisValueTemplateRef");
      Scoring.Given given =
          providers.objective(key.resource(), template, home, analysis.at("/spec/args"), from, to);
      values.put(Scoring.key(template), given);
      failed |= !given.error().isEmpty();
    }
    if (failed) {
      store(status, values);
      later(key, AGAIN);
    } else {
      complete(status, new Scoring(definition.get().path("spec"), values));
    }
    write(key, status);
  }

  private static void complete(ObjectNode status, Scoring scoring) {
    status.put("state", "Completed");
    status.remove("storedValues");
    // What is false or empty is left out.
    scoring.raw().ifPresent(raw -> status.put("raw", raw));
    if (scoring.pass) {
      status.put("pass", true);
    }
    if (scoring.warning) {
      status.put("warning", true);
    }
  }

  private static void store(ObjectNode status, Map<String, Scoring.Given> values) {
    ObjectNode stored = status.putObject("storedValues");
    values.forEach(
        (name, given) -> {
          ObjectNode one = stored.putObject(name);
          one.set("objectiveReference", given.reference().deepCopy());
          put(one, "query", given.query());
          put(one, "value", given.value());
          put(one, "errMsg", given.error());
        });
  }

  private static void put(ObjectNode to, String field, String text) {
    if (!text.isEmpty()) {
      to.put(field, text);
    }
  }

  /** Settled once: it stays as it is while the Analysis is tried again. */
  private void timeframe(JsonNode asked, ObjectNode status) {
    if (status.path("timeframe").has("from")) {
      return;
    }
    ObjectNode settled = status.putObject("timeframe");
    settled.put("recent", "0s");
    if (asked.has("recent")) {
      Duration back = Duration.parse("PT" + recent(asked.path("recent").asText()));
      settled.put("from", now().minus(back).toString()).put("to", now().toString());
    } else {
      settled.put("from", asked.path("from").asText()).put("to", asked.path("to").asText());
    }
  }

  private static String recent(String text) {
    return text.endsWith("ms")
        ? Long.parseLong(text.replace("ms", "")) / 1000 + "S"
        : text.toUpperCase(java.util.Locale.ROOT);
  }

  private void write(ObjectKey key, ObjectNode status) {
    store.change(
        key,
        ObjectStore.Part.STATUS,
        live -> {
          live.set("status", status);
          return live;
        });
  }

  private void metric(ObjectKey key, ObjectNode metric) {
    ObjectNode status = metric.withObject("/status");
    Duration interval = Duration.ofSeconds(metric.at("/spec/fetchIntervalSeconds").asLong());
    if (status.has("lastUpdated")) {
      Duration left =
          Duration.between(
              now(), Instant.parse(status.path("lastUpdated").asText()).plus(interval));
      if (!left.isNegative() && !left.isZero()) {
        later(key, left);
        return;
      }
    }
    later(key, AGAIN);
    Optional<JsonNode> provider =
        providers.find(
            key.resource(),
            "keptnmetricsproviders",
            key.namespace(),
            metric.at("/spec/provider/name").asText());
    if (provider.isPresent()) {
      fetch(key, metric, status, provider.get().at("/spec/type").asText());
    }
  }

  private void fetch(ObjectKey key, ObjectNode metric, ObjectNode status, String type) {
    String value = "";
    String error = "";
    try {
      value = providers.metric(type, metric.at("/spec/query").asText(), now());
    } catch (Answers.SourceException e) {
      error = e.getMessage();
    }
    int stored = metric.at("/spec/range/storedResults").asInt(0);
    if (stored > 0) {
      ObjectNode result = Json.object();
      result.put("lastUpdated", now().toString()).put("value", value);
      result.set("range", metric.at("/spec/range").deepCopy());
      put(result, "errMsg", error);
      ArrayNode results = status.withArray("/intervalResults");
      if (results.size() >= stored) {
        results.remove(0);
      }
      results.add(result);
    } else if (error.isEmpty()) {
      status.remove("errMsg");
      status.put("value", value);
    } else {
      // The old value stays.
      status.put("errMsg", error);
    }
    status.put("lastUpdated", now().toString());
    write(key, status);
  }
}
