package io.jenkins.plugins.canarygate.jenkins.packaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.stream.Stream;

/**
 * The classes that our plugin sees in a real Jenkins: the core's, and those of the plugins that it
 * depends on, directly or not. {@code -Djenkins.lab=DIR} says where: {@code DIR/jenkins.war} and
 * {@code DIR/plugins/*.jpi}.
 */
final class RealJenkins {
  private RealJenkins() {}

  /** All class files by internal name; the test is skipped where there is no Jenkins. */
  static Map<String, byte[]> classes(Collection<String> plugins) throws IOException {
    String lab = System.getProperty("jenkins.lab", "");
    assumeTrue(!lab.isBlank(), "needs a real Jenkins: -Djenkins.lab=DIR");
    Path war = Path.of(lab, "jenkins.war");
    assumeTrue(Files.isRegularFile(war), war + " is not there");
    Map<String, byte[]> classes = new HashMap<>();
    // The container brings the servlet API.
    addLibraries(
        Jars.files(
            war,
            name -> name.matches("WEB-INF/lib/.*\\.jar") || name.equals("executable/winstone.jar")),
        classes);
    Map<String, Path> installed = installed(Path.of(lab, "plugins"));
    for (String plugin : closure(plugins, installed)) {
      addLibraries(
          Jars.files(installed.get(plugin), name -> name.matches("WEB-INF/lib/.*\\.jar")), classes);
    }
    return classes;
  }

  private static void addLibraries(Map<String, byte[]> jars, Map<String, byte[]> classes)
      throws IOException {
    for (byte[] jar : jars.values()) {
      Jars.classes(jar).forEach(classes::putIfAbsent);
    }
  }

  private static Map<String, Path> installed(Path folder) throws IOException {
    Map<String, Path> installed = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().matches(".*\\.[jh]pi")).toList()) {
        installed.put(attributes(file).getValue("Short-Name"), file);
      }
    }
    return installed;
  }

  private static Set<String> closure(Collection<String> plugins, Map<String, Path> installed)
      throws IOException {
    Set<String> closure = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(plugins);
    while (!open.isEmpty()) {
      String plugin = open.remove();
      if (!installed.containsKey(plugin)) {
        throw new AssertionError("plugin " + plugin + " is not in the lab");
      }
      if (closure.add(plugin)) {
        open.addAll(dependencies(attributes(installed.get(plugin))));
      }
    }
    return closure;
  }

  private static List<String> dependencies(Attributes manifest) {
    String dependencies = manifest.getValue("Plugin-Dependencies");
    return dependencies == null
        ? List.of()
        : Arrays.stream(dependencies.split(",", -1))
            .filter(dependency -> !dependency.contains("resolution:=optional"))
            .map(dependency -> dependency.replaceAll(":.*", ""))
            .toList();
  }

  private static Attributes attributes(Path plugin) throws IOException {
    return Jars.manifest(Jars.read(plugin)).getMainAttributes();
  }
}
