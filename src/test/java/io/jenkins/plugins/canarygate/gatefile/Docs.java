package io.jenkins.plugins.canarygate.gatefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documentation beside the sources. */
final class Docs {
  /** Set to true, tests write what they would otherwise compare. */
  static final boolean REWRITE = Boolean.getBoolean("docs.rewrite");

  private static final Path FOLDER = Path.of("docs");

  private Docs() {}

  static Path file(String name) {
    return FOLDER.resolve(name);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> examples() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
