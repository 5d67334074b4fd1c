package io.jenkins.plugins.canarygate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one secret and nothing else, read at each use. */
final class SecretFile {
  private static final long LARGEST = 16 * 1024;

  private SecretFile() {}

  /**
   * The secret.
   *
   * @param what whose file it is, as {@code Prometheus token file}
   * @param option the flag that names it
   * @throws Misuse if it cannot be read, or holds nothing or too much; the secret is never quoted
   */
  static String read(Path file, String what, String option) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Misuse(
            "the "
                + what
                + " "
                + file
                + " is too large to hold just a secret; name the file that holds it and nothing"
                + " else");
      }
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new Misuse("the " + what + " " + file + " is empty; write the secret into it");
      }
      if (secret.chars().anyMatch(Character::isISOControl)) {
        throw new Misuse(
            "the "
                + what
                + " "
                + file
                + " holds more than one line; write the secret into it and"
                + " nothing else");
      }
      return secret;
    } catch (IOException e) {
      throw new Misuse(
          "the "
              + what
              + " "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "); name one with "
              + option);
    }
  }
}
