package io.jenkins.plugins.canarygate.server;

import io.jenkins.plugins.canarygate.server.PemFiles.Unreadable;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A certificate that is read again when its files have changed. What cannot be read is said, and
 * the one before stays; connections that are open are left alone.
 */
final class RotatingTls {
  private final PemFiles files;
  private final Consumer<String> say;
  private final Counter failures;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private volatile X509Certificate leaf;
  private byte[] used;
  private byte[] refused = new byte[0];
  private boolean said;

  private RotatingTls(PemFiles files, ServerMetrics metrics, Consumer<String> say) {
    this.files = files;
    this.say = say;
    this.failures =
        Counter.builder()
            .name("canary_gate_tls_reload_failures_total")
            .help("Changed certificates that could not be read; the one before is still used.")
            .register(metrics.registry());
    GaugeWithCallback.builder()
        .name("canary_gate_tls_not_after_seconds")
        .help("When the certificate of the gate port expires, in seconds since 1970.")
        .callback(
            gauge -> gauge.call(TimeUnit.MILLISECONDS.toSeconds(leaf.getNotAfter().getTime())))
        .register(metrics.registry());
  }

  /**
   * Reads the files.
   *
   * @throws StartFaults if they cannot be used
   */
  static RotatingTls of(PemFiles files, ServerMetrics metrics, Consumer<String> say)
      throws StartFaults {
    try {
      byte[] digest = files.digest();
      PemFiles.Identity identity = files.read();
      RotatingTls tls = new RotatingTls(files, metrics, say);
      tls.use(tls.factory, identity);
      tls.used = digest;
      return tls;
    } catch (Unreadable e) {
      throw new StartFaults(
          "--tls-cert, --tls-key: " + e.getMessage() + "; name a certificate and its key");
    }
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  /** Looks whether the files have changed; to be called every few seconds. */
  void look() {
    byte[] now = new byte[0];
    try {
      now = files.digest();
      if (Arrays.equals(now, used)) {
        refused = new byte[0];
        said = false;
        return;
      }
      PemFiles.Identity identity = files.read();
      factory.reload(changed -> use((SslContextFactory.Server) changed, identity));
      used = now;
      said = false;
      say.accept(
          "the certificate in "
              + files.certificate()
              + " has changed and is used from now on; it expires "
              + leaf.getNotAfter().toInstant());
    } catch (Exception e) {
      // One file may be new already and the other not yet: it counts when it stays.
      if (!Arrays.equals(now, refused)) {
        refused = now;
        said = false;
      } else if (!said) {
        said = true;
        failures.inc();
        say.accept(
            "the new certificate cannot be used, and the one before stays: "
                + (e instanceof Unreadable ? e.getMessage() : e.getClass().getSimpleName()));
      }
    }
  }

  private void use(SslContextFactory.Server with, PemFiles.Identity identity) {
    with.setKeyStore(identity.store());
    with.setKeyStorePassword("");
    with.setKeyManagerPassword("");
    leaf = identity.leaf();
  }
}
