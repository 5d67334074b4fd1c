package io.jenkins.plugins.canarygate.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Takes requests within the limits, reads them whole without holding a thread, and has them
 * answered by workers. Probes are answered at once, whatever else goes on, and are not counted
 * against a caller's rate: a busy server must not be taken for a dead one.
 */
final class RequestHandler extends Handler.Abstract.NonBlocking {
  /** Who asked has given up by then: Flagger waits for 10 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String OTHER = "other";

  private final Port port;
  private final Limits limits;
  private final Map<String, List<Route>> routes;
  private final Map<String, Endpoint> probes;
  private final CallerRates rates;
  private final Workers workers;
  private final ServerMetrics metrics;
  private final BooleanSupplier stopping;
  private final Consumer<String> say;

  /**
   * @param routes what is asked of workers
   * @param probes by path; they must not block
   * @param stopping whether connections are to be given up
   * @param say takes a line for whoever runs the server
   */
  RequestHandler(
      Port port,
      Limits limits,
      List<Route> routes,
      Map<String, Endpoint> probes,
      Workers workers,
      ServerMetrics metrics,
      BooleanSupplier stopping,
      Consumer<String> say) {
    this.port = port;
    this.limits = limits;
    this.routes = routes.stream().collect(Collectors.groupingBy(Route::path));
    this.probes = Map.copyOf(probes);
    this.rates = new CallerRates(limits.perSecond(), limits.burst(), System::nanoTime);
    this.workers = workers;
    this.metrics = metrics;
    this.stopping = stopping;
    this.say = say;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getCanonicalPath();
    boolean known = path != null && (routes.containsKey(path) || probes.containsKey(path));
    Answering answering =
        new Answering(port, known ? path : OTHER, System.nanoTime(), response, callback, metrics);
    if (known && probes.containsKey(path) && request.getMethod().equals("GET")) {
      answering.answer(
          probes.get(path).answer(question(request, new byte[0])), stopping.getAsBoolean());
      return true;
    }
    Optional<Duration> wait = rates.refused(Request.getRemoteAddr(request));
    if (wait.isPresent()) {
      answering.refuse(
          "rate",
          Reply.text(429, "more than " + limits.perSecond() + " requests a second from one address")
              .after(wait.get()));
      return true;
    }
    if (!known) {
      answering.answer(Reply.text(404, "there is nothing at this path"), stopping.getAsBoolean());
      return true;
    }
    Optional<Route> route =
        routes.getOrDefault(path, List.of()).stream()
            .filter(one -> one.method().equals(request.getMethod()))
            .findFirst();
    if (route.isEmpty()) {
      String allowed =
          routes.getOrDefault(path, List.of()).stream()
              .map(Route::method)
              .collect(Collectors.joining(", "));
      response.getHeaders().put(HttpHeader.ALLOW, allowed.isEmpty() ? "GET" : allowed);
      answering.answer(Reply.text(405, "this path takes another method"), stopping.getAsBoolean());
      return true;
    }
    read(request, route.get(), answering);
    return true;
  }

  private void read(Request request, Route route, Answering answering) {
    if (request.getLength() > limits.bodyBytes()) {
      tooLarge(answering);
      return;
    }
    Scheduler.Task late =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                () ->
                    answering.refuse(
                        "slow body", port.refusal(408, "the request did not come in time")),
                limits.bodyTime().toMillis(),
                TimeUnit.MILLISECONDS);
    Content.Source.asByteArrayAsync(
        request,
        limits.bodyBytes(),
        Promise.Invocable.from(
            InvocationType.NON_BLOCKING,
            (body, failure) -> {
              late.cancel();
              if (failure == null) {
                work(question(request, body), route, answering);
              } else if (failure instanceof IllegalStateException) {
                tooLarge(answering);
              } else {
                answering.broken(failure);
              }
            }));
  }

  private void tooLarge(Answering answering) {
    answering.refuse(
        "body",
        port.refusal(
            413, "the request is larger than " + limits.bodyBytes() / 1024 + " KiB; send less"));
  }

  private void work(Question question, Route route, Answering answering) {
    long queued = System.nanoTime();
    try {
      workers.execute(
          () -> {
            if (System.nanoTime() - queued > PATIENCE.toNanos()) {
              answering.refuse("patience", port.overloaded());
            } else {
              answer(question, route, answering);
            }
          });
    } catch (RejectedExecutionException full) {
      answering.refuse("queue", port.overloaded());
    }
  }

  private void answer(Question question, Route route, Answering answering) {
    CompletionStage<Reply> answer;
    try {
      answer = route.endpoint().begin(question);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    answer.whenComplete(
        (reply, failure) ->
            answering.answer(
                failure == null ? reply : unexpected(question, failure), stopping.getAsBoolean()));
  }

  private Reply unexpected(Question question, Throwable failure) {
    Throwable e = failure instanceof CompletionException ? failure.getCause() : failure;
    say.accept(
        "unexpected while answering "
            + question
            + ": "
            + (e.getClass().getSimpleName() + " " + e.getMessage()).replaceAll("\\s+", " "));
    return port.refusal(500, "unexpected; the server's log says more");
  }

  private static Question question(Request request, byte[] body) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Fields.Field field : parameters(request)) {
      query.put(field.getName(), List.copyOf(field.getValues()));
    }
    return new Question(
        Request.getRemoteAddr(request),
        request.getMethod(),
        request.getHttpURI().getCanonicalPath(),
        query,
        Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)),
        StandardCharsets.UTF_8.decode(ByteBuffer.wrap(body)).toString());
  }

  private static Fields parameters(Request request) {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException unreadable) {
      return Fields.EMPTY;
    }
  }
}
