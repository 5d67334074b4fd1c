package io.jenkins.plugins.canarygate.server;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * What the server counts, in Prometheus' text format. Labels take only values that are known
 * beforehand: nothing that a caller sends becomes one.
 */
public final class ServerMetrics {
  private static final PrometheusTextFormatWriter TEXT = PrometheusTextFormatWriter.create();

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("canary_gate_http_requests_total")
          .help("Requests answered, by port, path and status.")
          .labelNames("port", "path", "code")
          .register(registry);
  private final Histogram durations =
      Histogram.builder()
          .name("canary_gate_http_request_duration_seconds")
          .help("From the end of a request's headers to its answer.")
          .labelNames("port", "path")
          .classicOnly()
          .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
          .register(registry);
  private final Counter refused =
      Counter.builder()
          .name("canary_gate_http_refused_total")
          .help("Requests that a limit kept from being answered, by port and limit.")
          .labelNames("port", "limit")
          .register(registry);

  /** Where the parts of the server put their own. */
  public PrometheusRegistry registry() {
    return registry;
  }

  void answered(Port port, String path, int code, long nanos) {
    requests.labelValues(port.label(), path, Integer.toString(code)).inc();
    durations.labelValues(port.label(), path).observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
  }

  void refused(Port port, String limit) {
    refused.labelValues(port.label(), limit).inc();
  }

  /** Shows how many connections are open. */
  void connections(ToIntFunction<Port> open) {
    GaugeWithCallback.builder()
        .name("canary_gate_http_connections")
        .help("Open connections, by port.")
        .labelNames("port")
        .callback(
            gauge -> {
              for (Port port : Port.values()) {
                gauge.call(open.applyAsInt(port), port.label());
              }
            })
        .register(registry);
  }

  /** All of it. */
  Reply exposition() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TEXT.write(out, registry.scrape(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reply(
        200, TEXT.getContentType(), out.toString(StandardCharsets.UTF_8), Optional.empty());
  }
}
