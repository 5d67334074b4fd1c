package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gate.HandCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The exact commands with which a person goes on where a gate left off (rule D9). */
final class HandLines {
  private HandLines() {}

  /** The commands for the same gate file, parameters and cluster; only the reason is missing. */
  static HandCommands of(GateOptions options) {
    return new HandCommands(line("promote", options), line("abort", options));
  }

  private static String line(String command, GateOptions options) {
    List<String> words = new ArrayList<>(List.of("canary-gate", command, path(options)));
    for (Map.Entry<String, String> parameter : options.parameters().entrySet()) {
      words.add("--set");
      words.add(parameter.getKey() + "=" + parameter.getValue());
    }
    options.context().ifPresent(context -> words.addAll(List.of("--context", context)));
    options.kubeconfig().ifPresent(file -> words.addAll(List.of("--kubeconfig", file.toString())));
    String line = words.stream().map(Shell::quote).collect(Collectors.joining(" "));
    return line + " --reason '…'";
  }

  /** A file called {@code -x} would be read as an option. */
  private static String path(GateOptions options) {
    String path = options.gate().toString();
    return path.startsWith("-") ? "./" + path : path;
  }
}
