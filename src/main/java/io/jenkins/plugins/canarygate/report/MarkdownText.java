package io.jenkins.plugins.canarygate.report;

/** Text from elsewhere made fit for Markdown: it shows as it is and means nothing. */
final class MarkdownText {
  private static final String MARKS = "\\`*_{}[]()#+-.!|~=^$:";

  private MarkdownText() {}

  /**
   * One line in which no character is markup, HTML, the border of a table's cell, or the beginning
   * of a link.
   */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (char c : PlainText.line(text).strip().toCharArray()) {
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        // As an entity nobody is called by it.
        case '@' -> safe.append("&#64;");
        default -> {
          if (MARKS.indexOf(c) >= 0) {
            safe.append('\\');
          }
          safe.append(c);
        }
      }
    }
    return safe.toString();
  }

  /** A link to an address that {@link Links#safe} passed. */
  static String link(String text, String address) {
    String target =
        address
            .replace("<", "%3C")
            .replace(">", "%3E")
            .replace("|", "%7C")
            .replace("\\", "%5C")
            .replace("`", "%60");
    return "[" + escape(text) + "](<" + target + ">)";
  }

  /** A block of literal lines, fenced by more backticks than it holds in a row. */
  static String block(Iterable<String> lines) {
    StringBuilder body = new StringBuilder();
    int longest = 2;
    for (String line : lines) {
      String safe = PlainText.line(line);
      longest = Math.max(longest, longestRun(safe));
      body.append(safe).append('\n');
    }
    String fence = "`".repeat(longest + 1);
    return fence + "text\n" + body + fence + "\n";
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (char c : text.toCharArray()) {
      run = c == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
