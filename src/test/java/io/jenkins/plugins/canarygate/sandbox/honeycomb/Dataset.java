package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A dataset and its telemetry. */
public final class Dataset {
  private static final Set<String> ALWAYS =
      Set.of("error", "status_code", "duration_ms", "name", "trace.trace_id");

  private final String slug;
  private final List<Traffic> traffic = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Set<String> columns = new HashSet<>(ALWAYS);

  Dataset(String slug) {
    this.slug = slug;
  }

  /** Whether nothing was ever sent to it. */
  public boolean isEmpty() {
    return traffic.isEmpty() && events.isEmpty();
  }

  public String slug() {
    return slug;
  }

  /**
   * A stream of requests of one version of a service.
   *
   * @param column the column that tells the version, as {@code k8s.replicaset.name}
   * @param value its value
   * @param since when it began
   */
  public Traffic service(String column, String value, Instant since) {
    Traffic one = new Traffic(column, value, since);
    columns.add(column);
    traffic.add(one);
    return one;
  }

  /** A single event. */
  public Dataset event(Instant at, Map<String, Object> values) {
    return event(at, 1, values);
  }

  /** A single event that stands for so many. */
  public Dataset event(Instant at, int sampleRate, Map<String, Object> values) {
    columns.addAll(values.keySet());
    events.add(new Event(at, sampleRate, values));
    return this;
  }

  /** A column that has no values yet. */
  public Dataset column(String name) {
    columns.add(name);
    return this;
  }

  Set<String> columns() {
    Set<String> all = new HashSet<>(columns);
    traffic.forEach(one -> all.addAll(one.attributes().keySet()));
    return all;
  }

  void events(Instant from, Instant to, Consumer<Event> sink) {
    for (Traffic one : traffic) {
      one.events(from, to, sink);
    }
    for (Event event : new ArrayList<>(events)) {
      if (!event.at().isBefore(from) && event.at().isBefore(to)) {
        sink.accept(event);
      }
    }
  }
}
