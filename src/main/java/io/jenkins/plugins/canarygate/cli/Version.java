package io.jenkins.plugins.canarygate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, from what the build left in the archive. */
final class Version implements IVersionProvider {
  private static final String BUILD =
      "/META-INF/maven/io.jenkins.plugins/canary-gate/pom.properties";

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /** {@code canary-gate 1.2.3 (Java 17.0.9)}. */
  static String line() {
    return "canary-gate " + number() + " (Java " + Runtime.version() + ")";
  }

  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .or(Version::fromBuild)
        .orElse("of an unknown version");
  }

  private static Optional<String> fromBuild() {
    try (InputStream in = Version.class.getResourceAsStream(BUILD)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty("version"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
