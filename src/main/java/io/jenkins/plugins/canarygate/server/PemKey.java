package io.jenkins.plugins.canarygate.server;

import io.jenkins.plugins.canarygate.server.PemFiles.Unreadable;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a private key. Java knows PKCS #8 alone; the older forms, which cert-manager writes by
 * default, are what PKCS #8 holds beside the algorithm, and that stands in the public key.
 */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (?<what>(?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----(?<body>[^-]+)-----END");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int SHORT_LENGTH = 0x80;
  private static final byte[] PROOF = {1, 2, 3};

  private PemKey() {}

  static PrivateKey read(String pem, PublicKey of, Path file) throws Unreadable {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new Unreadable(file + " holds no private key; it must be PEM");
    }
    if (block.group("what").startsWith("ENCRYPTED")) {
      throw new Unreadable(file + " is protected by a passphrase; store the key without one");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group("body"));
      byte[] pkcs8 = block.group("what").equals("PRIVATE KEY") ? der : wrapped(der, of);
      return KeyFactory.getInstance(of.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | RuntimeException e) {
      // What a library says of a key may quote it.
      throw new Unreadable(
          file
              + " holds no private key that fits the certificate's algorithm, "
              + of.getAlgorithm());
    }
  }

  /** Whether one signs what the other verifies. */
  static boolean belongTogether(PrivateKey secret, PublicKey open) {
    try {
      Signature signature = Signature.getInstance(algorithm(open));
      signature.initSign(secret);
      signature.update(PROOF);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(PROOF);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(PublicKey open) {
    return switch (open.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> open.getAlgorithm();
    };
  }

  private static byte[] wrapped(byte[] key, PublicKey of) {
    return tagged(SEQUENCE, join(VERSION_0, algorithmOf(of.getEncoded()), tagged(OCTETS, key)));
  }

  /** The first part of a SubjectPublicKeyInfo, whole. */
  private static byte[] algorithmOf(byte[] info) {
    int begin = headLength(info, 0);
    int end = begin + headLength(info, begin) + length(info, begin);
    return java.util.Arrays.copyOfRange(info, begin, end);
  }

  private static int headLength(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < SHORT_LENGTH ? 2 : 2 + first - SHORT_LENGTH;
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < SHORT_LENGTH) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < first - SHORT_LENGTH; i++) {
      length = length << Byte.SIZE | der[at + 2 + i] & 0xff;
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < SHORT_LENGTH) {
      out.write(content.length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / Byte.SIZE;
      out.write(SHORT_LENGTH + bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(content.length >> i * Byte.SIZE);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
