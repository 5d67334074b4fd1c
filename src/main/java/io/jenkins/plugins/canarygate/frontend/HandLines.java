package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.gate.HandCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The exact commands with which a person goes on where a gate left off (rule D9). */
public final class HandLines {
  private HandLines() {}

  /**
   * The commands for the same gate file, parameters and cluster; only the reason is missing.
   *
   * @param file the gate file
   * @param more further options of the command, each word by itself
   */
  public static HandCommands of(String file, Map<String, String> parameters, List<String> more) {
    return new HandCommands(
        line("promote", file, parameters, more), line("abort", file, parameters, more));
  }

  private static String line(
      String command, String file, Map<String, String> parameters, List<String> more) {
    List<String> words = new ArrayList<>(List.of("canary-gate", command, path(file)));
    parameters.forEach(
        (name, value) -> {
          words.add("--set");
          words.add(name + "=" + value);
        });
    words.addAll(more);
    String line = words.stream().map(Shell::quote).collect(Collectors.joining(" "));
    return line + " --reason '…'";
  }

  /** A file called {@code -x} would be read as an option. */
  private static String path(String file) {
    return file.startsWith("-") ? "./" + file : file;
  }
}
