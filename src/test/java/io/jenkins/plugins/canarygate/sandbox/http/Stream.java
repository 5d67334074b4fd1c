package io.jenkins.plugins.canarygate.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A chunked answer that is filled bit by bit. Nobody waits for a slow client: what was sent lies in
 * a queue that a shared pool empties, so that thousands of streams need no thread of their own.
 */
public final class Stream {
  private static final byte[] END = new byte[0];

  private final HttpExchange exchange;
  private final Executor writers;
  private final Runnable closed;
  private final Queue<byte[]> queue = new ArrayDeque<>();
  private boolean writing;
  private boolean over;

  Stream(HttpExchange exchange, Executor writers, Runnable closed) {
    this.exchange = exchange;
    this.writers = writers;
    this.closed = closed;
  }

  /** Puts something in the line. */
  public void send(byte[] bytes) {
    offer(bytes);
  }

  /** Ends the answer properly after what is in the line. */
  public void end() {
    offer(END);
  }

  /** Breaks the connection. */
  public void drop() {
    synchronized (this) {
      over = true;
      queue.clear();
    }
    exchange.close();
    closed.run();
  }

  public synchronized boolean isOver() {
    return over;
  }

  private synchronized void offer(byte[] bytes) {
    if (over) {
      return;
    }
    queue.add(bytes);
    if (!writing) {
      writing = true;
      try {
        writers.execute(this::drain);
      } catch (RejectedExecutionException e) {
        over = true;
      }
    }
  }

  private void drain() {
    try {
      OutputStream out = exchange.getResponseBody();
      for (byte[] next = poll(); next != null; next = poll()) {
        if (next == END) {
          finish();
          return;
        }
        out.write(next);
        if (isIdle()) {
          out.flush();
        }
      }
    } catch (IOException e) {
      drop();
    }
  }

  private synchronized byte[] poll() {
    byte[] next = queue.poll();
    writing = next != null;
    return next;
  }

  private synchronized boolean isIdle() {
    return queue.isEmpty();
  }

  private void finish() {
    synchronized (this) {
      over = true;
    }
    exchange.close();
    closed.run();
  }
}
