package io.jenkins.plugins.canarygate.server;

import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * One port, with threads and connections of its own, so that whatever happens at one leaves the
 * other alone.
 */
final class HttpPort implements AutoCloseable {
  // They parse and write; whatever blocks is the workers'.
  private static final int THREADS = 8;
  private static final int MOST_QUEUED = 4096;
  private static final long LEFT_IDLE_MILLIS = 1_000;
  private static final long TO_ANSWER_MILLIS = TimeUnit.SECONDS.toMillis(15);

  private final ListenAddress bound;
  private final boolean tls;
  private final Server server;
  private final SlowHeads heads;

  private HttpPort(ListenAddress bound, boolean tls, Server server, SlowHeads heads) {
    this.bound = bound;
    this.tls = tls;
    this.server = server;
    this.heads = heads;
  }

  /**
   * Takes the port; nothing is answered before it is started.
   *
   * @param tls how it shows who it is; empty for plain HTTP
   * @throws StartFaults if the port cannot be had
   */
  static HttpPort open(
      Port port,
      ListenAddress address,
      Limits limits,
      Optional<SslContextFactory.Server> tls,
      Handler handler,
      ServerMetrics metrics)
      throws StartFaults {
    QueuedThreadPool threads =
        new QueuedThreadPool(
            THREADS,
            2,
            (int) TimeUnit.SECONDS.toMillis(30),
            new org.eclipse.jetty.util.BlockingArrayQueue<>(64, 64, MOST_QUEUED));
    threads.setName("canary-gate-" + port.label());
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConnectionFactory http = new HttpConnectionFactory(http(limits));
    ServerConnector connector =
        tls.map(
                ssl ->
                    new ServerConnector(
                        server, 1, 1, new SslConnectionFactory(ssl, http.getProtocol()), http))
            .orElseGet(() -> new ServerConnector(server, 1, 1, http));
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setShutdownIdleTimeout(LEFT_IDLE_MILLIS);
    connector.setReuseAddress(true);
    connector.setHost(address.socket().isUnresolved() ? null : hostOf(address));
    connector.setPort(address.port());
    SlowHeads heads =
        new SlowHeads(
            limits.headTime(), System::nanoTime, () -> metrics.refused(port, "slow head"));
    http.addBean(heads);
    NetworkConnectionLimit most = new NetworkConnectionLimit(limits.connections(), connector);
    most.setEndPointIdleTimeout(LEFT_IDLE_MILLIS);
    server.addBean(most);
    server.addConnector(connector);
    server.setErrorHandler(new OneLineErrors(() -> metrics.refused(port, "malformed")));
    server.setHandler(new GracefulHandler(new Watched(handler, heads)));
    server.setStopTimeout(TO_ANSWER_MILLIS);
    bind(port, address, connector);
    return new HttpPort(address.bound(connector.getLocalPort()), tls.isPresent(), server, heads);
  }

  private static String hostOf(ListenAddress address) {
    return address.host().isEmpty() ? null : address.socket().getHostString();
  }

  private static void bind(Port port, ListenAddress address, ServerConnector connector)
      throws StartFaults {
    if (address.socket().isUnresolved()) {
      throw new StartFaults(
          flag(port) + " " + address + ": the name " + address.host() + " is not known here");
    }
    try {
      connector.open();
    } catch (IOException e) {
      Throwable cause = e.getCause() instanceof BindException ? e.getCause() : e;
      throw new StartFaults(
          flag(port)
              + " "
              + address
              + " cannot be had ("
              + cause.getMessage()
              + "); end what uses it, or name another address");
    }
  }

  /** The option that names the address. */
  static String flag(Port port) {
    return port == Port.GATE ? "--listen" : "--flagger-listen";
  }

  private static HttpConfiguration http(Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(limits.headBytes());
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setUriCompliance(UriCompliance.RFC3986);
    // What name it is called by is nothing to it: there is one certificate, and the caller checks
    // it.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return http;
  }

  void start() throws Exception {
    server.start();
  }

  /** As {@code http://127.0.0.1:8080}. */
  String url() {
    String host = bound.host().isEmpty() ? "0.0.0.0" : bound.host();
    return (tls ? "https://" : "http://") + host + ":" + bound.port();
  }

  int connections() {
    return heads.count();
  }

  /** Ends what is too slow; to be called about every second. */
  void sweep() {
    heads.sweep();
  }

  /** Takes nothing more, answers what has been asked, and closes. */
  @Override
  public void close() throws Exception {
    server.stop();
    // Where it was never started, only the socket is there.
    for (var connector : server.getConnectors()) {
      ((ServerConnector) connector).close();
    }
  }

  /** Tells which connections have a request under way. */
  private static final class Watched extends Handler.Wrapper {
    private final SlowHeads heads;

    Watched(Handler handler, SlowHeads heads) {
      super(handler);
      this.heads = heads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Connection connection = request.getConnectionMetaData().getConnection();
      heads.began(connection);
      Request.addCompletionListener(request, failure -> heads.answered(connection));
      return super.handle(request, response, callback);
    }
  }
}
