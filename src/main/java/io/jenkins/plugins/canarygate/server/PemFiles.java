package io.jenkins.plugins.canarygate.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate and its key in two files, as cert-manager and a Secret of type {@code
 * kubernetes.io/tls} have them.
 *
 * @param certificate the certificate first, then those that it was issued by; PEM
 * @param key its private key without a passphrase; PEM, of PKCS #8, PKCS #1 or SEC 1
 */
public record PemFiles(Path certificate, Path key) {
  private static final long LARGEST = 1 << 20;
  static final char[] NO_PASSWORD = new char[0];

  /** What the files hold. The key is in no message. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /**
   * What was read.
   *
   * @param store the key with its certificates
   * @param leaf the first certificate
   */
  record Identity(KeyStore store, X509Certificate leaf) {}

  /** Tells one content of the files from another. */
  byte[] digest() throws Unreadable {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes(certificate));
      digest.update((byte) 0);
      return digest.digest(bytes(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads both.
   *
   * @throws Unreadable if one is missing or is not what it must be, or they do not belong together
   */
  Identity read() throws Unreadable {
    List<X509Certificate> chain = certificates();
    X509Certificate leaf = chain.get(0);
    PrivateKey secret =
        PemKey.read(new String(bytes(key), StandardCharsets.ISO_8859_1), leaf.getPublicKey(), key);
    if (!PemKey.belongTogether(secret, leaf.getPublicKey())) {
      throw new Unreadable(
          "the key in " + key + " is not that of the certificate in " + certificate);
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("serve", secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
      return new Identity(store, leaf);
    } catch (GeneralSecurityException | IOException e) {
      throw new Unreadable(
          "the certificate in " + certificate + " cannot be used (" + e.getMessage() + ")");
    }
  }

  private List<X509Certificate> certificates() throws Unreadable {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(certificate)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new Unreadable(certificate + " holds no certificate; it must be PEM");
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw new Unreadable(certificate + " holds no certificate that can be read; it must be PEM");
    }
  }

  private static byte[] bytes(Path file) throws Unreadable {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Unreadable(file + " is larger than any certificate or key");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Unreadable(file + " cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }
}
