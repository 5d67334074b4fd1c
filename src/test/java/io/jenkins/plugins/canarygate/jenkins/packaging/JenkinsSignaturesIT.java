package io.jenkins.plugins.canarygate.jenkins.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether the signatures in src/jenkins-api say what a real Jenkins has. */
class JenkinsSignaturesIT {
  private static final Path SOURCES = Path.of("src", "jenkins-api", "java");

  @Test
  void everySignatureIsThatOfTheRealClass() throws Exception {
    Classes real = new Classes(RealJenkins.classes(Hpi.built().dependencies()));
    Set<String> written = written();
    Set<String> differences = new TreeSet<>();

    for (Map.Entry<String, byte[]> compiled : ClassFolder.classes(ClassFolder.TESTS).entrySet()) {
      String name = compiled.getKey();
      if (written.contains(name.replaceAll("\\$.*", ""))) {
        real.find(name)
            .ifPresentOrElse(
                node ->
                    differences.addAll(
                        new SignatureDifferences(Classes.node(compiled.getValue()), node).all()),
                () -> differences.add(name + " is not there"));
      }
    }

    assertThat(differences).isEmpty();
  }

  private static Set<String> written() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .map(file -> SOURCES.relativize(file).toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - 5))
          .collect(Collectors.toSet());
    }
  }
}
