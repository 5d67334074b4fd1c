package io.jenkins.plugins.canarygate.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers everything with what it was asked, headers included: a debugging proxy gone astray. */
final class EchoServer implements AutoCloseable {

  /** How it answers. */
  enum Manner {
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    INVALID(422),
    RATE_LIMITED(429),
    SERVER_ERROR(500),
    UNAVAILABLE(503),
    /** 200, JSON of no known shape. */
    JSON(200),
    /** 200, a page. */
    PAGE(200),
    /** 500, broken off in the middle. */
    HALF(500),
    /** To another host, with what was sent in the address. */
    REDIRECT(302),
    /** 201 with such an address. */
    LOCATION(201);

    private final int status;

    Manner(int status) {
      this.status = status;
    }
  }

  private final HttpServer server;
  private final Manner manner;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Queue<String> echoed = new ConcurrentLinkedQueue<>();
  private final EchoServer elsewhere;

  EchoServer(Manner manner) {
    this(manner, null);
  }

  /**
   * @param elsewhere where addresses in answers lead to
   */
  EchoServer(Manner manner, EchoServer elsewhere) {
    this.manner = manner;
    this.elsewhere = elsewhere;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(pool);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was echoed so far, headers and all. */
  Queue<String> echoed() {
    return echoed;
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    StringBuilder asked = new StringBuilder(exchange.getRequestURI().toString());
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> asked.append(' ').append(name).append(": ").append(values));
    echoed.add(asked.toString());
    ObjectNode body = new ObjectMapper().createObjectNode();
    for (String field : new String[] {"message", "error", "title", "detail", "id", "reason"}) {
      body.put(field, asked.toString());
    }
    body.put("kind", "Status").put("code", manner.status);
    body.putObject("details").put("name", asked.toString());
    boolean page = manner == Manner.PAGE;
    byte[] bytes =
        (page ? "<html>" + asked + "</html>" : body.toString()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", page ? "text/html" : "application/json");
    if (manner == Manner.REDIRECT || manner == Manner.LOCATION) {
      String secret =
          exchange.getRequestHeaders().getFirst("Authorization")
              + exchange.getRequestHeaders().getFirst("X-Honeycomb-Team");
      exchange
          .getResponseHeaders()
          .set("Location", elsewhere.url() + "/" + secret.replace(' ', '+'));
    }
    exchange.sendResponseHeaders(manner.status, bytes.length);
    exchange
        .getResponseBody()
        .write(bytes, 0, manner == Manner.HALF ? bytes.length / 2 : bytes.length);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
