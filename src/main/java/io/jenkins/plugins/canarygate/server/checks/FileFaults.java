package io.jenkins.plugins.canarygate.server.checks;

import java.util.List;

/** A file that cannot be used: all that is wrong, a line each. */
final class FileFaults extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<String> lines;

  FileFaults(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  List<String> lines() {
    return lines;
  }
}
