package io.jenkins.plugins.canarygate.server;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request on its way to its one answer. */
final class Answering {
  private final Port port;
  private final String path;
  private final long began;
  private final Response response;
  private final Callback callback;
  private final ServerMetrics metrics;
  private final AtomicBoolean answered = new AtomicBoolean();

  /**
   * @param path as metrics call it
   * @param began when its headers had come, on the clock that only goes forward
   */
  Answering(
      Port port,
      String path,
      long began,
      Response response,
      Callback callback,
      ServerMetrics metrics) {
    this.port = port;
    this.path = path;
    this.began = began;
    this.response = response;
    this.callback = callback;
    this.metrics = metrics;
  }

  /** Answers, and ends the connection: part of the request may still be on its way. */
  void refuse(String limit, Reply reply) {
    if (answered.compareAndSet(false, true)) {
      metrics.refused(port, limit);
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      write(reply);
    }
  }

  /** Answers. */
  void answer(Reply reply, boolean last) {
    if (answered.compareAndSet(false, true)) {
      if (last) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      write(reply);
    }
  }

  /** Nobody is there any more to be answered. */
  void broken(Throwable why) {
    if (answered.compareAndSet(false, true)) {
      callback.failed(why);
    }
  }

  private void write(Reply reply) {
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    reply
        .retryAfter()
        .ifPresent(
            wait ->
                response.getHeaders().put(HttpHeader.RETRY_AFTER, Long.toString(seconds(wait))));
    metrics.answered(port, path, reply.status(), System.nanoTime() - began);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, java.nio.ByteBuffer.wrap(body), callback);
  }

  private static long seconds(java.time.Duration wait) {
    return Math.max(1, TimeUnit.MILLISECONDS.toSeconds(wait.toMillis() + 999));
  }
}
