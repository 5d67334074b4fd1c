package io.jenkins.plugins.canarygate.baddays;

import java.util.List;
import java.util.function.Consumer;

/**
 * One thing that is wrong, and what the command must say of it.
 *
 * @param name what is wrong, in words
 * @param happens makes it happen
 * @param command the words of the command; {@code FOLDER} is the folder of the files
 * @param exitCode what it must end with
 * @param says what it must say, line by line or in part; words in capitals and underscores between
 *     braces, as {@code {NAME}}, stand for what varies
 */
record BadDay(
    String name, Consumer<Place> happens, String command, int exitCode, List<Message> says) {

  static BadDay of(String name, Consumer<Place> happens, String command, int code, String... says) {
    return new BadDay(name, happens, command, code, List.of(says).stream().map(Message::of).toList());
  }

  @Override
  public String toString() {
    return name + ": canary-gate " + command;
  }
}
