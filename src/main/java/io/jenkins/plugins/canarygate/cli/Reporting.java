package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.frontend.ReportFiles;
import io.jenkins.plugins.canarygate.report.ConsoleReport;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.PrintStream;
import java.util.List;

/** Says how a gate ended, on the console and in files, and gives the exit code. */
final class Reporting {
  private final Surroundings surroundings;
  private final ReportOptions options;

  Reporting(Surroundings surroundings, ReportOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  /**
   * Says it all. What cannot be written is said on standard error, and changes no exit code.
   *
   * @return the exit code
   */
  int report(Report report) {
    options
        .folder()
        .map(ReportFiles::new)
        .map(files -> files.write(report))
        .orElse(List.of())
        .forEach(this::problem);
    options.results().map(results -> results.of(report)).orElse(List.of()).forEach(this::problem);
    PrintStream out = surroundings.out();
    if (options.json()) {
      out.print(JsonReport.render(report));
    } else {
      Colours colours = new Colours(surroundings.terminal().colour());
      ConsoleReport.lines(report).forEach(line -> out.println(colours.verdicts(line)));
    }
    out.flush();
    return options.exitCode(report.exitCode().orElse(Failure.EXIT_CODE));
  }

  /** Says that there was nothing to do, and so no verdict. */
  void nothing(String why) {
    surroundings.out().println(why);
    options.results().map(results -> results.nothing(why)).orElse(List.of()).forEach(this::problem);
  }

  private void problem(String problem) {
    surroundings.err().println("canary-gate: " + problem);
  }
}
