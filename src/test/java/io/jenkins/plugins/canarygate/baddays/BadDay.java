package io.jenkins.plugins.canarygate.baddays;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One thing that is wrong, and what the command must say of it.
 *
 * @param name what is wrong, in words; the same for all commands that meet it
 * @param happens makes it happen
 * @param command the words of the command; {@code FOLDER} is the folder of the files
 * @param exitCode what it must end with
 * @param says what it must say; the first is its own, which no other bad day says
 */
record BadDay(
    String name, Consumer<Place> happens, String command, int exitCode, List<Message> says) {

  static BadDay of(String name, Consumer<Place> happens, String command, int code, String... says) {
    return new BadDay(name, happens, command, code, Stream.of(says).map(Message::new).toList());
  }

  Message own() {
    return says.get(0);
  }

  @Override
  public String toString() {
    return name + ": canary-gate " + command;
  }
}
