package io.jenkins.plugins.canarygate.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** Asks a server over kept connections, at a steady rate or as fast as it answers. */
final class Asking {
  /**
   * A request.
   *
   * @param kind what it counts as
   * @param status what must be answered
   */
  record Request(String kind, String path, String body, int status) {}

  private final URI server;
  private final int connections;
  private final String headers;

  Asking(String server, int connections) {
    this(server, connections, "");
  }

  /**
   * @param headers sent with every request, each with its line break
   */
  Asking(String server, int connections, String headers) {
    this.server = URI.create(server);
    this.connections = connections;
    this.headers = headers;
  }

  /**
   * Asks, and returns how many microseconds each answer took by the kinds of the requests. At a
   * rate an answer's time begins when its request was due, so that a server that stops for a while
   * is not spared what would have been asked meanwhile.
   *
   * @param perSecond 0 for as fast as it goes
   */
  Map<String, Spread> ask(long number, int perSecond, LongFunction<Request> requests)
      throws InterruptedException, ExecutionException {
    AtomicLong next = new AtomicLong();
    long begin = System.nanoTime() + 50_000_000;
    ExecutorService pool = Executors.newFixedThreadPool(connections);
    try {
      List<Future<Map<String, List<Double>>>> parts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        parts.add(pool.submit(connection(number, perSecond, requests, next, begin)));
      }
      Map<String, List<Double>> all = new TreeMap<>();
      for (Future<Map<String, List<Double>>> part : parts) {
        part.get()
            .forEach(
                (kind, micros) ->
                    all.computeIfAbsent(kind, none -> new ArrayList<>()).addAll(micros));
      }
      Map<String, Spread> spreads = new TreeMap<>();
      all.forEach(
          (kind, micros) ->
              spreads.put(
                  kind, Spread.of(micros.stream().mapToDouble(Double::doubleValue).toArray())));
      return spreads;
    } finally {
      pool.shutdownNow();
    }
  }

  private Callable<Map<String, List<Double>>> connection(
      long number, int perSecond, LongFunction<Request> requests, AtomicLong next, long begin) {
    return () -> {
      Map<String, List<Double>> micros = new TreeMap<>();
      try (Socket socket = new Socket(server.getHost(), server.getPort())) {
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (long i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
          Request request = requests.apply(i);
          long due = perSecond == 0 ? System.nanoTime() : begin + i * 1_000_000_000L / perSecond;
          while (System.nanoTime() < due) {
            LockSupport.parkNanos(due - System.nanoTime());
          }
          out.write(bytes(request));
          int status = answer(in);
          if (status != request.status()) {
            throw new IOException(request + " was answered " + status);
          }
          micros
              .computeIfAbsent(request.kind(), none -> new ArrayList<>())
              .add((System.nanoTime() - due) / 1000.0);
        }
      }
      return micros;
    };
  }

  private byte[] bytes(Request request) {
    return ("POST "
            + request.path()
            + " HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\n"
            + headers
            + "Content-Type: application/json\r\nContent-Length: "
            + request.body().length()
            + "\r\n\r\n"
            + request.body())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static int answer(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    return status;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection was closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
