package io.jenkins.plugins.canarygate.evidence.prometheus;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of PromQL's form as a gate must know: where strings and comments are, how far back ranges
 * look, and what is a plain selector. Whether a query is one is for Prometheus to say.
 */
final class Promql {
  private static final Pattern RANGE = Pattern.compile("\\[([^\\[\\]]*)\\]");
  private static final Pattern MOMENT = Pattern.compile("@\\s*[-+]?[0-9.]");
  private static final Pattern SELECTOR =
      Pattern.compile("\\s*(?:[a-zA-Z_:][a-zA-Z0-9_:]*\\s*(?:\\{[^{}]*\\})?|\\{[^{}]*\\})\\s*");
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final Duration[] UNITS = {
    Duration.ofDays(365),
    Duration.ofDays(7),
    Duration.ofDays(1),
    Duration.ofHours(1),
    Duration.ofMinutes(1),
    Duration.ofSeconds(1),
    Duration.ofMillis(1)
  };
  private static final char NO_STRING = 0;
  private static final char COMMENT = '#';

  private Promql() {}

  /**
   * A value as it is written behind a text: in a string with its quotes and backslashes escaped.
   *
   * @param before the query up to the value
   * @throws IllegalArgumentException if no escape lets it stand there
   */
  static String write(String before, String value) {
    char within = after(before);
    if (within == '"' || within == '\'') {
      return value.replace("\\", "\\\\").replace("" + within, "\\" + within);
    }
    if (within == '`' && value.indexOf('`') >= 0) {
      throw new IllegalArgumentException(
          "a value with a backtick cannot stand in a string between backticks: \"…\" can hold it");
    }
    return value;
  }

  /** What a text ends in: a quote that was not closed, a comment, or neither. */
  private static char after(String text) {
    char within = NO_STRING;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && (within == '"' || within == '\'')) {
        i++;
      } else {
        within = next(within, c);
      }
    }
    return within;
  }

  private static char next(char within, char c) {
    if (within == NO_STRING) {
      return c == '"' || c == '\'' || c == '`' || c == COMMENT ? c : NO_STRING;
    }
    boolean ends = within == COMMENT ? c == '\n' : c == within;
    return ends ? NO_STRING : within;
  }

  /** The text with blanks in place of what strings and comments hold, each where it was. */
  static String bare(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    char within = NO_STRING;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && (within == '"' || within == '\'') && i + 1 < text.length()) {
        bare.append("  ");
        i++;
        continue;
      }
      char then = next(within, c);
      boolean quote = then != within && within != COMMENT && c != COMMENT;
      bare.append(within == NO_STRING && then == NO_STRING || quote || c == '\n' ? c : ' ');
      within = then;
    }
    return bare.toString();
  }

  /**
   * How far back the ranges of a query look that it gives itself; zero where it has none. Those
   * with a placeholder are not counted, being as long as the window. Subqueries are added up, for
   * they may enclose each other and the other ranges. An {@code offset} is not counted: who writes
   * one means to look at another time.
   *
   * @throws IllegalArgumentException if the length of a range is not understood
   */
  static Duration reach(String query) {
    Duration longest = Duration.ZERO;
    Duration around = Duration.ZERO;
    Matcher ranges = RANGE.matcher(bare(query));
    while (ranges.find()) {
      String[] parts = ranges.group(1).split(":", 2);
      if (parts[0].contains("${")) {
        continue;
      }
      Duration length = duration(parts[0].strip());
      if (parts.length > 1) {
        around = around.plus(length);
      } else if (length.compareTo(longest) > 0) {
        longest = length;
      }
    }
    return longest.plus(around);
  }

  /** Whether it looks at a moment of its own, as {@code x @ 1700000000}. */
  static boolean looksAtAMoment(String query) {
    return MOMENT.matcher(bare(query)).find();
  }

  /** Whether it is the name of a metric, label matchers in braces, or both, and nothing else. */
  static boolean isSelector(String text) {
    return SELECTOR.matcher(bare(text)).matches();
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    try {
      if (text.matches("\\d+(\\.\\d+)?")) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
      }
      if (!text.isEmpty() && matcher.matches()) {
        Duration sum = Duration.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
          String number = matcher.group(i + 1);
          sum = number == null ? sum : sum.plus(UNITS[i].multipliedBy(Long.parseLong(number)));
        }
        return sum;
      }
    } catch (NumberFormatException | ArithmeticException tooLong) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "the length of the range ["
            + text
            + "] is not understood; write it as [5m] or [${window}]");
  }

  /** A length of time as PromQL reads it: {@code 300s}, {@code 1500ms}. */
  static String text(Duration length) {
    long millis = length.toMillis();
    return String.format(
        Locale.ROOT,
        millis % 1000 == 0 ? "%ds" : "%dms",
        millis % 1000 == 0 ? millis / 1000 : millis);
  }
}
