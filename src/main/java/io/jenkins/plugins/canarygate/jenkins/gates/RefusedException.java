package io.jenkins.plugins.canarygate.jenkins.gates;

import java.util.List;

/** A gate is refused before anything is contacted: what was asked is wrong, or not allowed. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  public RefusedException(String line) {
    this(List.of(line));
  }

  /**
   * @param lines what was wrong, where, and what to do; each fault a line
   */
  public RefusedException(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  public List<String> lines() {
    return lines;
  }
}
