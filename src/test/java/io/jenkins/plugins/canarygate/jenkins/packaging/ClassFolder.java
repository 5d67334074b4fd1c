package io.jenkins.plugins.canarygate.jenkins.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Folders of class files. */
final class ClassFolder {
  static final Path OURS = Path.of("target", "classes");
  static final Path TESTS = Path.of("target", "test-classes");

  private ClassFolder() {}

  /** The class files in it by internal name. */
  static Map<String, byte[]> classes(Path folder) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        String name =
            folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        classes.put(name.substring(0, name.length() - 6), Files.readAllBytes(file));
      }
    }
    return classes;
  }
}
