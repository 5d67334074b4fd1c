package io.jenkins.plugins.canarygate.sandbox.http;

import io.jenkins.plugins.canarygate.server.MadeCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Speaks TLS on a port of its own, and hands on what it hears to a plain one on loopback. */
public final class TlsFront implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final ServerSocket listener;
  private final int behind;
  private final String certificate;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "tls-front");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param folder where its certificate is made
   * @param behind the plain port
   */
  public TlsFront(Path folder, int behind) throws Exception {
    this.behind = behind;
    MadeCertificate made = MadeCertificate.of(folder, "RSA", "127.0.0.1");
    certificate = made.certificatePem();
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, PASSWORD);
    store.setKeyEntry("server", made.key(), PASSWORD, new Certificate[] {made.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    listener =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::listen);
  }

  /** Its address. */
  public String url() {
    return "https://127.0.0.1:" + listener.getLocalPort();
  }

  /** What a client must trust, as PEM. */
  public String certificate() {
    return certificate;
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), behind);
        threads.execute(() -> handOn(near, far));
        threads.execute(() -> handOn(far, near));
      } catch (IOException closed) {
        // The next one, or none.
      }
    }
  }

  private static void handOn(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException over) {
      // Either side hung up.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
