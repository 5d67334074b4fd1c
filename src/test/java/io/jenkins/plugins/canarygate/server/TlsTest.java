package io.jenkins.plugins.canarygate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificate of the gate port, from files that are replaced while it runs. */
@Timeout(60)
class TlsTest {
  @TempDir Path folder;
  private PemFiles files;
  private final List<String> said = new ArrayList<>();
  private final ServerMetrics metrics = new ServerMetrics();

  @BeforeEach
  void files() {
    files = new PemFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
  }

  private MadeCertificate write(String algorithm, String name) throws Exception {
    MadeCertificate made = MadeCertificate.of(folder, algorithm, name);
    Files.writeString(files.certificate(), made.certificatePem());
    Files.writeString(files.key(), made.pkcs8());
    return made;
  }

  /** The name in the certificate that the server shows. */
  private static String shown(int port) throws Exception {
    List<String> names = new ArrayList<>();
    X509TrustManager any =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {
            names.add(chain[0].getSubjectX500Principal().getName());
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {any}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      socket
          .getOutputStream()
          .write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes());
      assertThat(new String(socket.getInputStream().readAllBytes())).startsWith("HTTP/1.1 200 OK");
    }
    return names.get(0);
  }

  private ServerBench bench() {
    return new ServerBench(
        UnaryOperator.identity(), Optional.of(files), question -> Reply.text(200, "yes"));
  }

  @Test
  void theGatePortSpeaksTlsAndFlaggersDoesNot() throws Exception {
    write("EC", "first");
    try (ServerBench bench = bench()) {
      assertThat(bench.server.url(Port.GATE)).startsWith("https://");
      assertThat(bench.server.url(Port.FLAGGER)).startsWith("http://");
      assertThat(shown(bench.port(Port.GATE))).isEqualTo("CN=first");
      try (ServerBench.Wire wire = bench.wire(Port.FLAGGER)) {
        assertThat(wire.send("POST /ask HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").line())
            .isEqualTo("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void aHandshakeThatNeverEndsIsCutOff() throws Exception {
    write("EC", "first");
    try (ServerBench bench = bench();
        Socket socket = new Socket("127.0.0.1", bench.port(Port.GATE))) {
      socket.setSoTimeout(20_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aChangedCertificateIsUsedFromThenOnAndABadOneIsNot() throws Exception {
    write("EC", "first");
    RotatingTls tls = RotatingTls.of(files, metrics, said::add);
    try (HttpPort port = port(tls)) {
      port.start();
      int number = java.net.URI.create(port.url()).getPort();
      assertThat(shown(number)).isEqualTo("CN=first");

      write("RSA", "second");
      tls.look();
      assertThat(shown(number)).isEqualTo("CN=second");
      assertThat(said).hasSize(1).first().asString().contains("has changed and is used");

      String key = Files.readString(files.key());
      Files.writeString(
          files.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
      tls.look();
      assertThat(said).as("the other file may still come").hasSize(1);
      tls.look();
      tls.look();
      assertThat(said).hasSize(2);
      assertThat(said.get(1))
          .contains("the new certificate cannot be used, and the one before stays")
          .contains("tls.key holds no private key that fits")
          .doesNotContain("AAAA");
      assertThat(shown(number)).isEqualTo("CN=second");
      assertThat(metrics.exposition().body())
          .contains("canary_gate_tls_reload_failures_total 1.0")
          .contains("canary_gate_tls_not_after_seconds ");

      Files.writeString(files.key(), key);
      tls.look();
      assertThat(said).hasSize(2);
    }
  }

  private HttpPort port(RotatingTls tls) throws Exception {
    return HttpPort.open(
        Port.GATE,
        ListenAddress.of("127.0.0.1:0"),
        Limits.of(100),
        Optional.of(tls.factory()),
        new RequestHandler(
            Port.GATE,
            Limits.of(100),
            List.of(),
            java.util.Map.of("/healthz", question -> Reply.text(200, "ok")),
            new Workers("test", 1, 1),
            metrics,
            () -> false,
            said::add),
        metrics);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void theFormsOfKeysThatCertManagerWritesAreRead(String algorithm) throws Exception {
    MadeCertificate made = write(algorithm, "older");
    Files.writeString(files.key(), made.olderForm());

    assertThat(files.read().store().getKey("serve", PemFiles.NO_PASSWORD)).isEqualTo(made.key());
  }

  @Test
  void otherAlgorithmsWillDo() throws Exception {
    write("Ed25519", "edwards");

    assertThat(files.read().leaf().getSubjectX500Principal().getName()).isEqualTo("CN=edwards");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    write("EC", "one");
    Files.writeString(files.key(), MadeCertificate.of(folder, "EC", "two").pkcs8());

    assertThatThrownBy(() -> RotatingTls.of(files, metrics, said::add))
        .isInstanceOf(StartFaults.class)
        .hasMessageContaining("is not that of the certificate");
  }

  @Test
  void whatIsNoCertificateOrKeyIsNamedWithItsFile() throws Exception {
    write("EC", "one");
    Files.writeString(files.certificate(), "nothing");
    assertThatThrownBy(files::read).hasMessageContaining("tls.crt holds no certificate");

    write("EC", "one-more");
    Files.writeString(files.key(), MadeCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}));
    assertThatThrownBy(files::read).hasMessageContaining("passphrase");

    Files.delete(files.key());
    assertThatThrownBy(files::read).hasMessageContaining("tls.key cannot be read");
  }
}
