package io.jenkins.plugins.canarygate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code schema}: prints the gate file's JSON Schema. */
@Command(
    name = "schema",
    description = {"Prints the JSON Schema of the gate file.", ""},
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {" 0:printed", " 1:this copy of the command holds no schema", ExitCodes.C2},
    footerHeading = "%nExample:%n",
    footer = "  canary-gate schema > gate.schema.json")
final class SchemaCommand implements Callable<Integer> {
  private static final String RESOURCE = "gate.schema.json";

  @ParentCommand private CanaryGateCommand parent;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    try (InputStream schema = SchemaCommand.class.getResourceAsStream(RESOURCE)) {
      if (schema == null) {
        throw new Failure("this copy of the command holds no schema; build or download it again");
      }
      parent.surroundings().out().print(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
    }
    return 0;
  }
}
