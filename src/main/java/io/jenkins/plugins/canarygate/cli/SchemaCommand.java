package io.jenkins.plugins.canarygate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code schema}: prints the JSON Schema of the gate file, or of the file of named checks. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of the gate file, or of the gate server's file of named checks.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {" 0:printed", " 1:this copy of the command holds no schema", ExitCodes.C2},
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate schema > gate.schema.json",
      "  canary-gate schema --checks > checks.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  private static final String GATE = "gate.schema.json";
  private static final String CHECKS = "checks.schema.json";

  @ParentCommand private CanaryGateCommand parent;

  @Option(
      names = "--checks",
      description = "The one of the named checks: what 'serve --checks FILE' reads.")
  private boolean checks;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    try (InputStream schema = SchemaCommand.class.getResourceAsStream(checks ? CHECKS : GATE)) {
      if (schema == null) {
        throw new Failure("this copy of the command holds no schema; build or download it again");
      }
      parent.surroundings().out().print(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
    }
    return 0;
  }
}
