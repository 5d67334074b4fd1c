package io.jenkins.plugins.canarygate.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command {@code canary-gate}. */
public final class Main {
  private static final int HELP_WIDTH = 96;

  private Main() {}

  public static void main(String[] args) {
    // Whatever the locale: what is written is JSON and Markdown for other programs, in UTF-8.
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    System.setOut(out);
    System.setErr(err);
    System.exit(run(args, Surroundings.ofThisProcess()));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }

  /** Runs a command without a terminal and returns its exit code; never ends the process. */
  public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> env) {
    return run(args, Surroundings.of(out, err, env));
  }

  /** Runs a command and returns its exit code. */
  public static int run(String[] args, Surroundings surroundings) {
    CanaryGateCommand command = new CanaryGateCommand(surroundings);
    int code = commandLine(command).execute(args);
    surroundings.out().flush();
    if (surroundings.out().checkError()) {
      surroundings
          .err()
          .println("canary-gate: standard output is closed or full; what was to be said is lost");
    }
    surroundings.err().flush();
    command.stopping().finished(code);
    return code;
  }

  static CommandLine commandLine(CanaryGateCommand command) {
    Surroundings surroundings = command.surroundings();
    Problems problems = new Problems(surroundings, command.secrets());
    CommandLine line =
        new CommandLine(command)
            .setOut(new PrintWriter(surroundings.out(), true))
            .setErr(new PrintWriter(surroundings.err(), true))
            .setParameterExceptionHandler(problems)
            .setExecutionExceptionHandler(problems)
            // What a pipeline hands over is data: "@" is not for files to be read.
            .setExpandAtFiles(false)
            .setUsageHelpWidth(HELP_WIDTH)
            .setUsageHelpLongOptionsMaxWidth(36);
    Ansi ansi = surroundings.terminal().colour() ? Ansi.ON : Ansi.OFF;
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    return line;
  }
}
