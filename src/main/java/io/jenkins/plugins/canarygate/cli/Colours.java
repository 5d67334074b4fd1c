package io.jenkins.plugins.canarygate.cli;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Colours for the words that say how something was judged; never the only thing that says so. */
final class Colours {
  private static final Pattern VERDICT =
      Pattern.compile(
          "\\b(PASS|OK|WARN|WARNING|FAIL|ERROR|INCONCLUSIVE|UNJUDGED|TIMEOUT|SUPERSEDED|CANCELLED"
              + "|NOT_GATED)\\b");
  private static final String RESET = "\u001b[0m";
  private final boolean wanted;

  Colours(boolean wanted) {
    this.wanted = wanted;
  }

  String verdicts(String line) {
    return wanted ? VERDICT.matcher(line).replaceAll(Colours::coloured) : line;
  }

  private static String coloured(MatchResult word) {
    String colour =
        switch (word.group()) {
          case "PASS", "OK" -> "\u001b[32m";
          case "FAIL", "ERROR" -> "\u001b[31m";
          default -> "\u001b[33m";
        };
    return colour + word.group() + RESET;
  }
}
