package io.jenkins.plugins.canarygate.gatefile;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Turns the bytes of a gate file into text, or says why they are none. */
final class FileText {
  static final int MOST_BYTES = 256 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  /** The text; empty after a fault. */
  static Optional<String> of(byte[] content, Faults faults) {
    if (content.length > MOST_BYTES) {
      faults.add(
          Path.ROOT,
          Place.NONE,
          "the file has "
              + content.length
              + " bytes; a gate file has at most "
              + MOST_BYTES
              + ": name the right file, or make several gates of it");
      return Optional.empty();
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString();
      String plain =
          !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
      return ordinary(plain, faults) ? Optional.of(plain) : Optional.empty();
    } catch (CharacterCodingException e) {
      faults.add(
          Path.ROOT,
          Place.NONE,
          "the file is not text in UTF-8: save it as that, or name the right file");
      return Optional.empty();
    }
  }

  private static boolean ordinary(String text, Faults faults) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (!isOrdinary(c)) {
        faults.add(
            Path.ROOT,
            new Place(line, column),
            String.format(
                "the file holds the control character U+%04X: take it out, or name the right file",
                c));
        return false;
      }
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return true;
  }

  /** Whether a character may stand in a gate file: what YAML can print. */
  static boolean isOrdinary(int c) {
    if (c < ' ') {
      return c == '\t' || c == '\n' || c == '\r';
    }
    boolean control = c >= 0x7F && c <= 0x9F && c != 0x85;
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !half && c != 0xFFFE && c != 0xFFFF && c != BYTE_ORDER_MARK;
  }
}
