package io.jenkins.plugins.canarygate.gatefile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Tells one gate file with its parameters from any other (rule S1). */
final class Digest {
  private Digest() {}

  /** SHA-256 in hex; each part goes in with its length, so that no two inputs run together. */
  static String of(byte[] content, Map<String, String> parameters) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, content);
      new TreeMap<>(parameters)
          .forEach(
              (name, value) -> {
                add(digest, name.getBytes(StandardCharsets.UTF_8));
                add(digest, value.getBytes(StandardCharsets.UTF_8));
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part.length).array());
    digest.update(part);
  }
}
