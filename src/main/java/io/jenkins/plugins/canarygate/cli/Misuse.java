package io.jenkins.plugins.canarygate.cli;

import java.util.List;

/** The gate file or the flags are wrong: exit code 2. */
final class Misuse extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final int EXIT_CODE = 2;

  private final transient List<String> lines;

  Misuse(String line) {
    this(List.of(line));
  }

  /**
   * @param lines what was wrong, where, and what to do; each fault a line
   */
  Misuse(List<String> lines) {
    super(String.join("; ", lines));
    this.lines = List.copyOf(lines);
  }

  List<String> lines() {
    return lines;
  }
}
