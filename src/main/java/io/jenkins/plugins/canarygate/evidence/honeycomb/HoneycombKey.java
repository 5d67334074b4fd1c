package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/** A key that is looked up at each use, so that one that was rotated is picked up. */
final class HoneycombKey {
  private final Supplier<String> source;

  HoneycombKey(Supplier<String> source) {
    this.source = source;
  }

  /** The key as it is now. It is checked here because an HTTP client would quote a bad one. */
  String now() throws HoneycombException {
    String key;
    try {
      key = source.get();
    } catch (RuntimeException e) {
      throw new HoneycombException(
          Kind.NO_KEY,
          "the Honeycomb key could not be read ("
              + e.getClass().getSimpleName()
              + "); look where it is kept");
    }
    if (key == null || key.isBlank()) {
      throw new HoneycombException(
          Kind.NO_KEY,
          "there is no Honeycomb key; give HONEYCOMB_API_KEY, a file, or a Jenkins credential");
    }
    String plain = key.strip();
    if (!plain.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new HoneycombException(
          Kind.NO_KEY,
          "the Honeycomb key holds a space, a line break or a character that no key has; store it"
              + " again");
    }
    return plain;
  }

  /** Tells two keys apart without showing either. */
  static String identity(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "HoneycombKey[not shown]";
  }
}
