package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A steady stream of requests of which a service tells: the same requests come out whenever it is
 * asked. They are spread evenly, so are the errors among them, and durations follow a curve with a
 * long tail.
 */
public final class Traffic {
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final Instant since;
  private Optional<Instant> until = Optional.empty();
  private double perMinute = 600;
  private double errorRate;
  private double medianMs = 80;
  private double p99Ms = 400;
  private int sampleRate = 1;

  Traffic(String column, String value, Instant since) {
    attributes.put(column, value);
    attributes.put("name", "GET /");
    this.since = since;
  }

  /** What else its events say. */
  public Traffic with(String column, Object value) {
    attributes.put(column, value);
    return this;
  }

  public Traffic perMinute(double requests) {
    perMinute = requests;
    return this;
  }

  /** Which share of the requests fails, from 0 to 1. */
  public Traffic errorRate(double share) {
    errorRate = share;
    return this;
  }

  /** How long requests take, in milliseconds. */
  public Traffic durations(double median, double p99) {
    medianMs = median;
    p99Ms = p99;
    return this;
  }

  /** One event of so many is stored. */
  public Traffic sampledOneIn(int number) {
    sampleRate = number;
    return this;
  }

  /** It stops. */
  public Traffic until(Instant end) {
    until = Optional.of(end);
    return this;
  }

  Map<String, Object> attributes() {
    return attributes;
  }

  /** The stored events of a span, its end excluded. */
  void events(Instant from, Instant to, Consumer<Event> sink) {
    Instant end = until.filter(to::isAfter).orElse(to);
    double gap = 60_000.0 * sampleRate / perMinute;
    Duration lead = Duration.between(since, from);
    long index = lead.isNegative() ? 0 : (long) Math.ceil(lead.toMillis() / gap);
    Instant at = since.plusMillis(Math.round(index * gap));
    while (perMinute > 0 && at.isBefore(end)) {
      if (!at.isBefore(from)) {
        sink.accept(event(index, at));
      }
      index++;
      at = since.plusMillis(Math.round(index * gap));
    }
  }

  private Event event(long index, Instant at) {
    boolean failed =
        Math.floor((index + 1) * errorRate + 1e-9) > Math.floor(index * errorRate + 1e-9);
    Map<String, Object> columns = new LinkedHashMap<>(attributes);
    columns.put("error", failed);
    columns.put("status_code", failed ? 500 : 200);
    columns.put("duration_ms", duration(index));
    columns.put("trace.trace_id", Long.toString(index * 2654435761L, 36));
    return new Event(at, sampleRate, columns);
  }

  /** A log-normal curve, walked through by a sequence that fills it evenly (van der Corput). */
  private double duration(long index) {
    double u = Long.reverse(index + 1) / Math.pow(2, 64);
    u = u < 0 ? u + 1 : u;
    double sigma = Math.log(p99Ms / medianMs) / 2.3263;
    return Math.round(medianMs * Math.exp(sigma * Normal.quantile(u)) * 1000) / 1000.0;
  }
}
