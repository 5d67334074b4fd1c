package io.jenkins.plugins.canarygate.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The counters of a service's pods, as a Prometheus scrapes them: {@code http_requests_total} by
 * {@code pod} and {@code code}. What was served is remembered, so that what a query gives can be
 * compared with it.
 */
public final class SandboxExporter implements AutoCloseable {
  private static final int BEFORE = 1_000_000;

  private final HttpServer server;
  private final InstantSource clock;
  private final Instant began;
  private final List<Pod> pods = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Scrape> scrapes = new ArrayList<>();

  private record Pod(String name, double perSecond, double errors) {}

  private record Scrape(Instant at, Map<String, Long> counters) {}

  /** What two counters grew by between the same two scrapes. */
  public record Growth(long requests, long errors, Duration time) {
    public double errorRate() {
      return (double) errors / requests;
    }
  }

  public SandboxExporter(InstantSource clock) {
    this.clock = clock;
    this.began = clock.instant();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/metrics", this::serve);
    server.start();
  }

  /** Host and port, as a target of Prometheus. */
  public String target() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** A pod that serves requests, of which a share fails. */
  public SandboxExporter pod(String name, double requestsPerSecond, double errors) {
    pods.add(new Pod(name, requestsPerSecond, errors));
    return this;
  }

  /** The pod is gone. */
  public void remove(String name) {
    pods.removeIf(pod -> pod.name().equals(name));
  }

  /** A line of its own, in the text form of Prometheus. */
  public SandboxExporter line(String text) {
    lines.add(text);
    return this;
  }

  public int scrapes() {
    synchronized (scrapes) {
      return scrapes.size();
    }
  }

  /** When the last scrape but one was served: what it gave is known to whoever asked for it. */
  public Instant known() {
    synchronized (scrapes) {
      return scrapes.get(scrapes.size() - 2).at();
    }
  }

  /** Waits until it was scraped so often in all. */
  public void awaitScrapes(int number, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (scrapes) {
      while (scrapes.size() < number) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("scraped " + scrapes.size() + " times, not " + number);
        }
        scrapes.wait(left);
      }
    }
  }

  /** What was served of a pod in a span of time. */
  public Growth served(String pod, Instant from, Instant to) {
    synchronized (scrapes) {
      List<Scrape> within =
          scrapes.stream()
              .filter(scrape -> !scrape.at().isBefore(from) && !scrape.at().isAfter(to))
              .filter(scrape -> scrape.counters().containsKey(pod + " 500"))
              .toList();
      Scrape first = within.get(0);
      Scrape last = within.get(within.size() - 1);
      long good = growth(first, last, pod + " 200");
      long bad = growth(first, last, pod + " 500");
      return new Growth(good + bad, bad, Duration.between(first.at(), last.at()));
    }
  }

  private static long growth(Scrape first, Scrape last, String counter) {
    return last.counters().get(counter) - first.counters().get(counter);
  }

  private void serve(HttpExchange exchange) throws IOException {
    Instant now = clock.instant();
    Map<String, Long> counters = new LinkedHashMap<>();
    for (Pod pod : pods) {
      double seconds = Duration.between(began, now).toMillis() / 1000.0;
      long all = BEFORE + (long) Math.floor(seconds * pod.perSecond());
      long failed = (long) Math.floor(all * pod.errors());
      counters.put(pod.name() + " 200", all - failed);
      counters.put(pod.name() + " 500", failed);
    }
    StringBuilder text = new StringBuilder("# TYPE http_requests_total counter\n");
    counters.forEach(
        (key, value) -> {
          String[] parts = key.split(" ");
          text.append("http_requests_total{pod=\"")
              .append(parts[0])
              .append("\",code=\"")
              .append(parts[1])
              .append("\"} ")
              .append(value)
              .append('\n');
        });
    lines.forEach(line -> text.append(line).append('\n'));
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
    synchronized (scrapes) {
      scrapes.add(new Scrape(now, counters));
      scrapes.notifyAll();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
