package io.jenkins.plugins.canarygate.kube;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The body of one answer, read no further than it can be meant. */
final class BoundedBody implements AsyncBody.Consumer<List<ByteBuffer>> {
  private final int largest;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private boolean tooLarge;

  BoundedBody(int largest) {
    this.largest = largest;
  }

  @Override
  public synchronized void consume(List<ByteBuffer> buffers, AsyncBody body) {
    for (ByteBuffer buffer : buffers) {
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      if (read.size() + part.length > largest) {
        tooLarge = true;
        read.reset();
        body.cancel();
        return;
      }
      read.writeBytes(part);
    }
    body.consume();
  }

  /** Completes with the response once its body has been read, or is more than is read. */
  CompletableFuture<HttpResponse<AsyncBody>> read(HttpResponse<AsyncBody> response) {
    AsyncBody body = response.body();
    String length = response.header("Content-Length");
    if (length != null && length.matches("\\d{8,18}") && Long.parseLong(length) > largest) {
      giveUp(body);
      return CompletableFuture.completedFuture(response);
    }
    body.consume();
    return body.done()
        .handle(
            (none, broken) -> {
              if (broken == null || tooLarge()) {
                return CompletableFuture.completedFuture(response);
              }
              return CompletableFuture.<HttpResponse<AsyncBody>>failedFuture(broken);
            })
        .thenCompose(whole -> whole);
  }

  private synchronized void giveUp(AsyncBody body) {
    tooLarge = true;
    body.cancel();
  }

  /** Nobody waits for it any more. */
  void giveUp(CompletableFuture<HttpResponse<AsyncBody>> pending) {
    if (!pending.cancel(true)) {
      pending.thenAccept(response -> response.body().cancel());
    }
  }

  synchronized boolean tooLarge() {
    return tooLarge;
  }

  synchronized byte[] bytes() {
    return read.toByteArray();
  }
}
