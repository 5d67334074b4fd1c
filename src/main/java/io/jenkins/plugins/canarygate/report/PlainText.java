package io.jenkins.plugins.canarygate.report;

/** Text from elsewhere made fit for a line: it can neither end the line nor steer a terminal. */
public final class PlainText {
  private PlainText() {}

  /**
   * One line: control characters, line ends, characters that change the direction of writing and
   * what is no character at all, so that XML could not hold it, become a space.
   */
  public static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(point -> line.appendCodePoint(steers(point) ? ' ' : point));
    return line.toString();
  }

  private static boolean steers(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (point & 0xFFFE) == 0xFFFE
        || point >= 0x202A && point <= 0x202E
        || point >= 0x2066 && point <= 0x2069;
  }
}
