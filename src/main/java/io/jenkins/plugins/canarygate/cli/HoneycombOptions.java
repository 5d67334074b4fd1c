package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.frontend.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How Honeycomb is reached; never in the gate file. */
final class HoneycombOptions {
  private static final long LARGEST_KEY = 4096;

  /** Honeycomb's regions. */
  enum Region {
    us("https://api.honeycomb.io"),
    eu("https://api.eu1.honeycomb.io");

    private final String address;

    Region(String address) {
      this.address = address;
    }
  }

  @Option(
      names = "--honeycomb-key-file",
      paramLabel = "FILE",
      description =
          "A file with the Honeycomb configuration key, read at each use so that a rotated key is"
              + " picked up. Otherwise HONEYCOMB_API_KEY, then the file that"
              + " HONEYCOMB_API_KEY_FILE names.")
  private Path keyFile;

  @Option(
      names = "--honeycomb-region",
      paramLabel = "us|eu",
      description = "Honeycomb's region. Otherwise HONEYCOMB_API_URL, then us.")
  private Region region;

  @Option(
      names = "--honeycomb-results-per-minute",
      paramLabel = "N",
      description =
          "How many query results this process may create in a minute. Honeycomb allows 10 to the"
              + " whole team. Default: 3.")
  private int resultsPerMinute = 3;

  HoneycombOptions() {}

  HoneycombOptions(Path keyFile, Region region, int resultsPerMinute) {
    this.keyFile = keyFile;
    this.region = region;
    this.resultsPerMinute = resultsPerMinute;
  }

  /** How many query results may be created in a minute. */
  int resultsPerMinute() {
    if (resultsPerMinute < 1) {
      throw new Misuse("--honeycomb-results-per-minute must be at least 1");
    }
    return resultsPerMinute;
  }

  /** The address of Honeycomb's API. */
  String address(Surroundings surroundings) {
    if (region != null) {
      return region.address;
    }
    return surroundings.variable("HONEYCOMB_API_URL").orElse(Region.us.address);
  }

  /**
   * Where the key is looked up, each time it is used.
   *
   * @throws Misuse if there is no key at all; the message says where one can be put
   */
  Supplier<String> key(Surroundings surroundings, Secrets secrets) {
    Optional<Path> file = Optional.ofNullable(keyFile);
    Optional<String> variable = surroundings.variable("HONEYCOMB_API_KEY");
    if (file.isEmpty() && variable.isPresent()) {
      String key = secrets.remember(variable.get());
      return () -> key;
    }
    Path source =
        file.or(() -> surroundings.variable("HONEYCOMB_API_KEY_FILE").map(Path::of))
            .orElseThrow(
                () ->
                    new Misuse(
                        "the gate asks Honeycomb, and there is no key: set HONEYCOMB_API_KEY, or"
                            + " name a file with --honeycomb-key-file"));
    secrets.remember(read(source));
    return () -> secrets.remember(read(source));
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > LARGEST_KEY) {
        throw new Misuse(
            "the Honeycomb key file "
                + file
                + " is too large to hold just a key; name the file that holds the key and nothing"
                + " else");
      }
      String key = Files.readString(file).strip();
      if (key.isEmpty()) {
        throw new Misuse("the Honeycomb key file " + file + " is empty; write the key into it");
      }
      if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new Misuse(
            "the Honeycomb key file "
                + file
                + " holds a space, a line break or a character that no key has; write the key into"
                + " it and nothing else");
      }
      return key;
    } catch (IOException e) {
      throw new Misuse(
          "the Honeycomb key file "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "); name one with --honeycomb-key-file or HONEYCOMB_API_KEY_FILE");
    }
  }
}
