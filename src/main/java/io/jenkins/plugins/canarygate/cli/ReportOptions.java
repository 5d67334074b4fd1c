package io.jenkins.plugins.canarygate.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is said of a gate, and where. */
final class ReportOptions {
  /** What standard output is for. */
  enum Output {
    /** Progress, and the report's lines at the end. */
    text,
    /** One JSON document at the end; progress goes to standard error. */
    json
  }

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "A folder for report.json, report.md and junit.xml; made if it is missing.")
  private Path folder;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description =
          "text: progress, then the result. json: one JSON document on standard output at the end,"
              + " progress on standard error. Default: text.")
  private Output output = Output.text;

  @Option(names = "--exit-zero", description = "Exit with 0 instead of 10 to 15; 1 and 2 stay.")
  private boolean exitZero;

  private TaskResults results;

  ReportOptions() {}

  /**
   * @param folder for the report's files; null for none
   * @param results takes what becomes of the gate; null for nobody
   */
  ReportOptions(Path folder, boolean exitZero, TaskResults results) {
    this.folder = folder;
    this.exitZero = exitZero;
    this.results = results;
  }

  Optional<TaskResults> results() {
    return Optional.ofNullable(results);
  }

  Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  boolean json() {
    return output == Output.json;
  }

  /** The exit code as asked (rule C4). */
  int exitCode(int judged) {
    return exitZero && judged >= 10 && judged <= 15 ? 0 : judged;
  }
}
