package io.jenkins.plugins.canarygate.tekton;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a pod of the Task is started with, for a shell that starts it: {@code TaskWords FOLDER
 * RESULTS [param:NAME=VALUE | workspace:NAME=PATH | run:NAMESPACE/NAME/UID]…}. FOLDER gets {@code
 * words} and {@code variables}, each entry ended by a NUL.
 */
public final class TaskWords {
  private TaskWords() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    TaskStep step = TaskStep.ofTheTask().results(Path.of(args[1]));
    for (String given : List.of(args).subList(2, args.length)) {
      String[] kind = given.split(":", 2);
      String[] pair = kind[1].split("=", 2);
      switch (kind[0]) {
        case "param" -> step.param(pair[0], pair[1]);
        case "workspace" -> step.workspace(pair[0], Path.of(pair[1]));
        case "run" -> {
          String[] run = kind[1].split("/");
          step.taskRun(run[0], run[1], run[2]);
        }
        default -> throw new IllegalArgumentException(given);
      }
    }
    List<String> words = new ArrayList<>(step.command());
    words.addAll(step.args());
    Files.writeString(folder.resolve("words"), ended(words));
    Files.writeString(
        folder.resolve("variables"),
        ended(
            step.env().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .toList()));
  }

  private static String ended(List<String> entries) {
    return entries.stream().map(one -> one + "\0").collect(Collectors.joining());
  }
}
