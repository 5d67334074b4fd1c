package io.jenkins.plugins.canarygate.server;

import io.jenkins.plugins.canarygate.host.NamedThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The gate server: two ports, and the parts that answer there. It keeps nothing that may not be
 * lost, so that it can be killed at any moment, and any number of them can run side by side.
 */
public final class GateServer implements AutoCloseable {
  private static final long SWEEP_SECONDS = 1;
  private static final long TLS_LOOK_SECONDS = 10;

  private final ServerSettings settings;
  private final List<ServerPart> parts;
  private final Consumer<String> say;
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(new NamedThreads("canary-gate-upkeep"));
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final CountDownLatch drained = new CountDownLatch(1);
  private Optional<RotatingTls> tls = Optional.empty();
  private HttpPort gate;
  private HttpPort flagger;
  private volatile boolean started;
  private volatile boolean stopping;

  private GateServer(ServerSettings settings, List<ServerPart> parts, Consumer<String> say) {
    this.settings = settings;
    this.parts = List.copyOf(parts);
    this.say = say;
    closing.push(upkeep::shutdownNow);
  }

  /**
   * Takes the ports and reads the certificate; nothing is answered before it is started.
   *
   * @param say takes a line for whoever runs the server; it holds no secret
   * @throws StartFaults for all that is wrong; nothing is left open then
   */
  public static GateServer open(
      ServerSettings settings, ServerMetrics metrics, List<ServerPart> parts, Consumer<String> say)
      throws StartFaults {
    GateServer server = new GateServer(settings, parts, say);
    List<String> faults = new ArrayList<>();
    try {
      if (settings.tls().isPresent()) {
        server.tls = Optional.of(RotatingTls.of(settings.tls().get(), metrics, say));
      }
    } catch (StartFaults e) {
      faults.addAll(e.lines());
    }
    try {
      server.gate = server.port(Port.GATE, metrics);
    } catch (StartFaults e) {
      faults.addAll(e.lines());
    }
    try {
      server.flagger = server.port(Port.FLAGGER, metrics);
    } catch (StartFaults e) {
      faults.addAll(e.lines());
    }
    if (!faults.isEmpty()) {
      server.closeAll();
      throw new StartFaults(faults);
    }
    metrics.connections(port -> (port == Port.GATE ? server.gate : server.flagger).connections());
    return server;
  }

  private HttpPort port(Port port, ServerMetrics metrics) throws StartFaults {
    Limits limits = port == Port.GATE ? settings.gateLimits() : settings.flaggerLimits();
    Workers workers =
        new Workers("canary-gate-" + port.label() + "-worker", limits.threads(), limits.waiting());
    closing.push(workers);
    List<Route> routes =
        parts.stream()
            .flatMap(part -> part.routes().stream())
            .filter(route -> route.port() == port)
            .toList();
    Map<String, Endpoint> probes =
        port == Port.GATE
            ? Map.of(
                "/healthz",
                asked -> Reply.text(200, "ok"),
                "/readyz",
                asked -> readiness(),
                "/metrics",
                asked -> metrics.exposition())
            : Map.of();
    HttpPort open =
        HttpPort.open(
            port,
            port == Port.GATE ? settings.gate() : settings.flagger(),
            limits,
            port == Port.GATE ? tls.map(RotatingTls::factory) : Optional.empty(),
            new RequestHandler(port, limits, routes, probes, workers, metrics, () -> stopping, say),
            metrics);
    closing.push(open);
    return open;
  }

  /** Begins to work and to answer. */
  public void start() throws Exception {
    for (ServerPart part : parts) {
      closing.addLast(part);
      part.start();
    }
    gate.start();
    flagger.start();
    upkeep.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    tls.ifPresent(
        files ->
            upkeep.scheduleWithFixedDelay(
                files::look, TLS_LOOK_SECONDS, TLS_LOOK_SECONDS, TimeUnit.SECONDS));
    started = true;
  }

  /** Where it listens, with the ports that were taken. */
  public String url(Port port) {
    return (port == Port.GATE ? gate : flagger).url();
  }

  /**
   * Stops: not ready from now on, goes on answering for a while, then takes nothing more, answers
   * what has been asked, and closes.
   */
  public void stop() {
    stopping = true;
    try {
      drained.await(settings.drain().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeAll();
  }

  /** Stops at once; what has been asked is answered. */
  @Override
  public void close() {
    stopping = true;
    drained.countDown();
    closeAll();
  }

  private Reply readiness() {
    List<String> reasons = new ArrayList<>();
    if (stopping) {
      reasons.add("stopping");
    } else if (!started) {
      reasons.add("starting");
    }
    parts.forEach(part -> reasons.addAll(part.notReady()));
    return reasons.isEmpty()
        ? Reply.text(200, "ready")
        : Reply.text(503, String.join("\n", reasons));
  }

  private void sweep() {
    gate.sweep();
    flagger.sweep();
  }

  private synchronized void closeAll() {
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        say.accept("while closing: " + e.getClass().getSimpleName());
      }
    }
  }
}
