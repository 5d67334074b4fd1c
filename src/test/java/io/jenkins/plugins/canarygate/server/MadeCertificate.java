package io.jenkins.plugins.canarygate.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;

/**
 * A certificate for 127.0.0.1 that nobody but its maker trusts.
 *
 * @param certificate the certificate
 * @param key its key
 */
public record MadeCertificate(X509Certificate certificate, PrivateKey key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /**
   * Makes one.
   *
   * @param algorithm {@code RSA}, {@code EC} or {@code Ed25519}
   */
  public static MadeCertificate of(Path folder, String algorithm, String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-storetype",
                "PKCS12",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new MadeCertificate(
        (X509Certificate) store.getCertificate("server"),
        (PrivateKey) store.getKey("server", PASSWORD));
  }

  public String certificatePem() throws Exception {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** As Java writes it. */
  public String pkcs8() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** As cert-manager writes it unless told otherwise: PKCS #1 for RSA, SEC 1 for EC. */
  public String olderForm() {
    return pem(key.getAlgorithm() + " PRIVATE KEY", inner(key.getEncoded()));
  }

  static String pem(String what, byte[] der) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + what
        + "-----\n";
  }

  /** PKCS #8 is a sequence of a version, an algorithm, and octets that hold the older form. */
  private static byte[] inner(byte[] pkcs8) {
    int at = skipHead(pkcs8, 0);
    at = skip(pkcs8, at);
    at = skip(pkcs8, at);
    int begin = skipHead(pkcs8, at);
    return Arrays.copyOfRange(pkcs8, begin, skip(pkcs8, at));
  }

  private static int skipHead(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + (first < 0x80 ? 2 : 2 + first - 0x80);
  }

  private static int skip(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    int length = first;
    if (first >= 0x80) {
      length = 0;
      for (int i = 0; i < first - 0x80; i++) {
        length = length << 8 | der[at + 2 + i] & 0xff;
      }
    }
    return skipHead(der, at) + length;
  }
}
