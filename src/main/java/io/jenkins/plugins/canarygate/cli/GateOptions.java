package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.frontend.HandLines;
import io.jenkins.plugins.canarygate.gate.HandCommands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which gate, with which parameters, on which cluster. */
final class GateOptions {
  @Parameters(
      index = "0",
      paramLabel = "GATE",
      description = "The gate file, YAML or JSON; \"canary-gate schema\" prints its JSON Schema.")
  private Path gate;

  private String text;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A value for one of the gate file's parameters; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  GateOptions() {}

  GateOptions(Path gate, List<String> settings, Path kubeconfig, String context) {
    this(gate, null, settings, kubeconfig, context);
  }

  /**
   * @param gate the gate file, or what it would be called
   * @param text what stands in it; null for what the file holds
   */
  GateOptions(Path gate, String text, List<String> settings, Path kubeconfig, String context) {
    this.gate = gate;
    this.text = text;
    this.settings = settings;
    this.cluster = new ClusterOptions(kubeconfig, context);
  }

  Path gate() {
    return gate;
  }

  /** The gate file's text, where it is not read from a file. */
  Optional<String> text() {
    return Optional.ofNullable(text);
  }

  Optional<Path> kubeconfig() {
    return cluster.kubeconfig();
  }

  Optional<String> context() {
    return cluster.context();
  }

  /**
   * The parameters that were set, in the order they were given.
   *
   * @throws Misuse for whatever is not {@code NAME=VALUE}, or given twice; all at once
   */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    for (String setting : settings) {
      int sign = setting.indexOf('=');
      if (sign < 1) {
        faults.add("--set " + setting + ": write --set NAME=VALUE, as --set image=shop/app:1.2");
      } else if (parameters.putIfAbsent(setting.substring(0, sign), setting.substring(sign + 1))
          != null) {
        faults.add("--set " + setting.substring(0, sign) + " is given twice; give it once");
      }
    }
    if (!faults.isEmpty()) {
      throw new Misuse(faults);
    }
    return parameters;
  }

  /** The commands by hand for the same gate file, parameters and cluster. */
  HandCommands handLines() {
    List<String> more = new ArrayList<>();
    context().ifPresent(name -> more.addAll(List.of("--context", name)));
    kubeconfig().ifPresent(file -> more.addAll(List.of("--kubeconfig", file.toString())));
    return HandLines.of(gate.toString(), parameters(), more);
  }
}
