package io.jenkins.plugins.canarygate.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

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
  private final Lock output = new ReentrantLock();
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
    close();
  }

  /**
   * The stream of the exchange is not for two threads: closed in the middle of a flush it sends the
   * same chunk twice. A writer that a slow client holds up is not waited for.
   */
  private void close() {
    boolean mine = false;
    try {
      mine = output.tryLock(200, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      exchange.close();
    } finally {
      if (mine) {
        output.unlock();
      }
    }
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
        write(out, next);
      }
    } catch (IOException e) {
      drop();
    }
  }

  private void write(OutputStream out, byte[] bytes) throws IOException {
    output.lock();
    try {
      if (!isOver()) {
        out.write(bytes);
        if (isIdle()) {
          out.flush();
        }
      }
    } finally {
      output.unlock();
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
    close();
  }
}
