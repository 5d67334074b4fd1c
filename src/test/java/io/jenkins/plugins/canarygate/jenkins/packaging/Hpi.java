package io.jenkins.plugins.canarygate.jenkins.packaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;

/** The plugin as this build has packaged it. */
record Hpi(byte[] file, Map<String, byte[]> entries) {
  static final String INNER = "WEB-INF/lib/canary-gate.jar";
  private static final Path BUILT = Path.of("target", "canary-gate.hpi");

  static Hpi built() throws IOException {
    assumeTrue(Files.isRegularFile(BUILT), "the .hpi is built by mvn package");
    byte[] file = Jars.read(BUILT);
    return new Hpi(file, Jars.files(file, name -> true));
  }

  byte[] inner() {
    return entries.get(INNER);
  }

  Manifest manifest() throws IOException {
    return Jars.manifest(file);
  }

  /** The names of the plugins that it says it needs. */
  List<String> dependencies() throws IOException {
    return Arrays.stream(
            manifest().getMainAttributes().getValue("Plugin-Dependencies").split(",", -1))
        .map(dependency -> dependency.substring(0, dependency.indexOf(':')))
        .toList();
  }
}
