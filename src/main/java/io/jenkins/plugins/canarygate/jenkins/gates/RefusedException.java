package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.report.PlainText;
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
    super(String.join("\n", plain(lines)));
    this.lines = plain(lines);
  }

  /** What a gate file holds gets into messages, and these into files of Jenkins' own. */
  private static List<String> plain(List<String> lines) {
    return lines.stream().map(PlainText::line).toList();
  }

  public List<String> lines() {
    return lines;
  }
}
