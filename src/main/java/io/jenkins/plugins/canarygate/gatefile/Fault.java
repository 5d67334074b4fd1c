package io.jenkins.plugins.canarygate.gatefile;

/**
 * One thing that is wrong with a gate file.
 *
 * @param path what it is about, as {@code spec.checks[2].fail}; empty for the whole file
 * @param line where, from 1 on; 0 where the file has no place for it
 * @param column where, from 1 on; 0 likewise
 * @param message what was wrong and what to do, in one line
 */
public record Fault(String path, int line, int column, String message) {

  /** As compilers write it: {@code gate.yaml:12:5: spec.checks[0].fial: unknown field}. */
  public String in(String fileName) {
    String place = line > 0 ? fileName + ":" + line + ":" + column : fileName;
    return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
