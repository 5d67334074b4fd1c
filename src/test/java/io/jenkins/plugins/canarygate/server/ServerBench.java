package io.jenkins.plugins.canarygate.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A server with endpoints of a test's own and tight limits, spoken to byte by byte. */
final class ServerBench implements AutoCloseable {
  static final Limits TIGHT =
      new Limits(
          1024,
          1024,
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofSeconds(30),
          16,
          1_000,
          1_000,
          2,
          2);

  final List<String> said = new CopyOnWriteArrayList<>();
  final ServerMetrics metrics = new ServerMetrics();
  final GateServer server;

  ServerBench(UnaryOperator<Limits> limits, Optional<PemFiles> tls, Endpoint endpoint) {
    ListenAddress any = ListenAddress.of("127.0.0.1:0");
    Limits tight = limits.apply(TIGHT);
    try {
      server =
          GateServer.open(
              new ServerSettings(any, any, tls, tight, tight, Duration.ZERO),
              metrics,
              List.of(new Part(endpoint)),
              said::add);
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static ServerBench of(Endpoint endpoint) {
    return new ServerBench(UnaryOperator.identity(), Optional.empty(), endpoint);
  }

  private record Part(Endpoint endpoint) implements ServerPart {
    @Override
    public List<Route> routes() {
      return List.of(
          new Route(Port.GATE, "POST", "/ask", endpoint),
          new Route(Port.GATE, "GET", "/ask", endpoint),
          new Route(Port.FLAGGER, "POST", "/ask", endpoint));
    }

    @Override
    public void start() {}

    @Override
    public void close() {}
  }

  int port(Port port) {
    return URI.create(server.url(port)).getPort();
  }

  /** A connection of which the test sends every byte. */
  Wire wire(Port port) {
    return new Wire(port(port));
  }

  String metrics() {
    return metrics.exposition().body();
  }

  @Override
  public void close() {
    server.close();
  }

  /** One connection. */
  static final class Wire implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    Wire(int port) {
      try {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = socket.getInputStream();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Wire send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return this;
    }

    /** Sends a byte again and again until the other side has had enough; false if it never has. */
    boolean dripUntilClosed(Duration most) {
      long until = System.nanoTime() + most.toNanos();
      try {
        socket.setSoTimeout(50);
        while (System.nanoTime() < until) {
          send("x");
          try {
            if (in.read() < 0) {
              return true;
            }
          } catch (java.net.SocketTimeoutException nothingYet) {
            // Goes on.
          }
        }
        return false;
      } catch (IOException closed) {
        return true;
      }
    }

    /** All until the other side closes. */
    String rest() throws IOException {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The status line. */
    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
