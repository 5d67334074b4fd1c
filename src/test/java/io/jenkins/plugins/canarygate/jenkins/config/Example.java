package io.jenkins.plugins.canarygate.jenkins.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The example of Configuration as Code that stands in the documentation. */
final class Example {
  private Example() {}

  /** What stands under {@code unclassified.canaryGate}. */
  static Map<?, ?> canaryGate() {
    // As it is read where none of its variables is set: those with a default have that.
    String defaults = text().replaceAll("\\$\\{[A-Z_]+:-([^}]*)\\}", "'$1'");
    Map<?, ?> whole = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(defaults);
    return (Map<?, ?>) ((Map<?, ?>) whole.get("unclassified")).get("canaryGate");
  }

  static String text() {
    try {
      return Files.readString(Path.of("docs", "examples", "jenkins", "jenkins-casc.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
