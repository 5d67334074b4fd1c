package io.jenkins.plugins.canarygate.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** An HTTP server on 127.0.0.1 that carries a {@link Service}, shows faults and remembers. */
public final class LoopbackServer implements AutoCloseable {
  private static final int KEPT = 20_000;

  static {
    // Without it each chunk of a stream waits for the client's delayed acknowledgement (40 ms).
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService pool;
  private final Service service;
  private final InstantSource clock;
  private final Faults faults = new Faults();
  private final List<RecordedRequest> recorded = new ArrayList<>();
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final Set<HttpExchange> unanswered = ConcurrentHashMap.newKeySet();
  private volatile boolean recording = true;
  private volatile BiConsumer<Call, Request> listener = (call, request) -> {};

  /**
   * Begins to listen.
   *
   * @param port the port; 0 for one that is free
   */
  public LoopbackServer(String name, int port, InstantSource clock, Service service) {
    this.service = service;
    this.clock = clock;
    this.pool =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(pool);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public Faults faults() {
    return faults;
  }

  /** What was asked so far, in order; a copy. */
  public List<RecordedRequest> requests() {
    synchronized (recorded) {
      return List.copyOf(recorded);
    }
  }

  public void forgetRequests() {
    synchronized (recorded) {
      recorded.clear();
    }
  }

  /** Whether requests are remembered; a benchmark has no use for it. */
  public void record(boolean wanted) {
    recording = wanted;
  }

  /** Tells of each request as it arrives, before it is answered, on its thread. */
  public void onRequest(BiConsumer<Call, Request> told) {
    listener = told;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Request request = Requests.read(exchange);
    Call call = service.classify(request);
    listener.accept(call, request);
    Optional<Fault> fault = faults.next(call);
    if (fault.isPresent()) {
      Optional<Answer> real =
          fault.get().late() ? Optional.of(service.answer(request)) : Optional.empty();
      misbehave(exchange, request, call, fault.get(), real);
      return;
    }
    Optional<Service.StreamStart> start = service.stream(request);
    if (start.isPresent()) {
      remember(call, request, 200);
      begin(exchange, start.get());
      return;
    }
    Answer answer = service.answer(request);
    remember(call, request, answer.status());
    send(exchange, answer);
  }

  private void misbehave(
      HttpExchange exchange, Request request, Call call, Fault fault, Optional<Answer> real)
      throws IOException {
    switch (fault.kind()) {
      case TIMEOUT -> {
        remember(call, request, 0);
        unanswered.add(exchange);
      }
      case RESET -> {
        remember(call, request, 0);
        exchange.close();
      }
      default -> {
        Answer answer = Misbehaviour.of(fault, request, service, real);
        remember(call, request, answer.status());
        if (fault.kind() == Fault.Kind.HALF_BODY) {
          sendHalf(exchange, answer);
        } else {
          send(exchange, answer);
        }
      }
    }
  }

  private void begin(HttpExchange exchange, Service.StreamStart start) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    Stream[] self = new Stream[1];
    self[0] = new Stream(exchange, pool, () -> streams.remove(self[0]));
    // Known before the client is: whoever sees it open can be sure that it can be dropped.
    streams.add(self[0]);
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    start.begin(self[0]);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    head(exchange, answer);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    if (answer.body().length > 0) {
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  private static void sendHalf(HttpExchange exchange, Answer answer) throws IOException {
    head(exchange, answer);
    exchange.sendResponseHeaders(answer.status(), Math.max(2, answer.body().length));
    exchange.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private static void head(HttpExchange exchange, Answer answer) {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
  }

  private void remember(Call call, Request request, int status) {
    if (!recording) {
      return;
    }
    synchronized (recorded) {
      if (recorded.size() < KEPT) {
        recorded.add(
            new RecordedRequest(
                call,
                request.method(),
                request.path(),
                request.query(),
                request.text(),
                clock.instant(),
                status));
      }
    }
  }

  /** Breaks all streams, as a server or a load balancer does when it is restarted. */
  public void dropStreams() {
    List.copyOf(streams).forEach(Stream::drop);
  }

  public int openStreams() {
    return streams.size();
  }

  @Override
  public void close() {
    dropStreams();
    unanswered.forEach(HttpExchange::close);
    server.stop(0);
    pool.shutdownNow();
  }
}
