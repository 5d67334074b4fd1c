package io.jenkins.plugins.canarygate.server;

import java.util.List;

/** Why the server cannot start: all of it at once. */
public final class StartFaults extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<String> lines;

  /**
   * @param lines what is wrong, where, and what to do; each fault a line
   */
  public StartFaults(List<String> lines) {
    super(String.join("; ", lines));
    this.lines = List.copyOf(lines);
  }

  StartFaults(String line) {
    this(List.of(line));
  }

  public List<String> lines() {
    return lines;
  }
}
