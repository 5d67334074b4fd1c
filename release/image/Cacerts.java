import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.TreeMap;

/**
 * The JVM's trust store from a folder of PEM files: {@code Cacerts FOLDER TO}. A PKCS #12 without a
 * password, as the JDK's own build makes it: neither salt nor time, so the same bytes every time.
 */
final class Cacerts {
  public static void main(String[] args) throws Exception {
    TreeMap<String, Certificate> trusted = new TreeMap<>();
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(args[0]), "*.crt")) {
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          trusted.put(file.getFileName().toString(), certificates.generateCertificate(in));
        }
      }
    }
    if (trusted.size() < 50) {
      throw new IllegalStateException("only " + trusted.size() + " certificates in " + args[0]);
    }
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (var entry : trusted.entrySet()) {
      store.setCertificateEntry(entry.getKey(), entry.getValue());
    }
    try (OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
      store.store(out, null);
    }
  }
}
