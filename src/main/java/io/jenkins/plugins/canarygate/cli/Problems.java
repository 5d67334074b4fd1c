package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.evidence.NearestWord;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What goes wrong, in a line; with {@code CANARY_GATE_DEBUG=1} also where. */
final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String NAME = "canary-gate: ";
  private final Surroundings surroundings;
  private final Secrets secrets;

  Problems(Surroundings surroundings, Secrets secrets) {
    this.surroundings = surroundings;
    this.secrets = secrets;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    PrintWriter err = problem.getCommandLine().getErr();
    Optional<String> unknown = unknownCommand(problem);
    // Whoever gives a key as a flag must not read it in a log: values of unknown flags are hidden.
    err.println(
        NAME
            + secrets
                .scrub(unknown.orElse(problem.getMessage()))
                .replaceAll("(--[A-Za-z-]+=)[^'\\s]+", "$1***"));
    if (unknown.isEmpty()) {
      UnmatchedArgumentException.printSuggestions(problem, err);
    }
    err.println("see \"" + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help\"");
    trace(problem, err);
    return Misuse.EXIT_CODE;
  }

  private static Optional<String> unknownCommand(ParameterException problem) {
    CommandLine line = problem.getCommandLine();
    if (line.getParent() != null
        || !(problem instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().get(0).startsWith("-")) {
      return Optional.empty();
    }
    String word = unmatched.getUnmatched().get(0);
    return Optional.of(
        "there is no command '"
            + word
            + "'"
            + NearestWord.hint(word, line.getSubcommands().keySet()));
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    int code = say(problem, err);
    trace(problem, err);
    return code;
  }

  private int say(Exception problem, PrintWriter err) {
    if (problem instanceof Misuse misuse) {
      misuse.lines().forEach(fault -> err.println(NAME + secrets.scrub(fault)));
      return Misuse.EXIT_CODE;
    }
    if (problem instanceof Failure) {
      err.println(NAME + secrets.scrub(problem.getMessage()));
      return Failure.EXIT_CODE;
    }
    String message = problem.getMessage() == null ? "" : ": " + problem.getMessage();
    String oneLine = (problem.getClass().getSimpleName() + message).replaceAll("\\s+", " ");
    err.println(
        NAME + "unexpected: " + secrets.scrub(oneLine) + " (CANARY_GATE_DEBUG=1 shows where)");
    return Failure.EXIT_CODE;
  }

  private void trace(Exception problem, PrintWriter err) {
    if (surroundings.debug()) {
      StringWriter trace = new StringWriter();
      problem.printStackTrace(new PrintWriter(trace));
      err.println(secrets.scrub(trace.toString()));
    }
    err.flush();
  }
}
