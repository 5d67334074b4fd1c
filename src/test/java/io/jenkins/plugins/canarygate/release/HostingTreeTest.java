package io.jenkins.plugins.canarygate.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** What the people and checks of Jenkins' plugin hosting ask of a repository. */
class HostingTreeTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  @TempDir static Path folder;
  private static Path tree;
  private static Document pom;

  @BeforeAll
  static void write() throws Exception {
    tree = folder.resolve("hosting");
    assertThat(run(tree.toString())).isZero();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    pom = factory.newDocumentBuilder().parse(tree.resolve("pom.xml").toFile());
  }

  private static int run(String to) throws IOException, InterruptedException {
    return new ProcessBuilder(PROJECT.resolve("release/hosting-tree").toString(), to)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static String pom(String path) throws Exception {
    XPath xpath = XPathFactory.newInstance().newXPath();
    return xpath.evaluate(path, pom).strip();
  }

  @Test
  void theCoordinatesAreThoseOfAPlugin() throws Exception {
    assertThat(pom("/project/groupId")).isEqualTo("io.jenkins.plugins");
    assertThat(pom("/project/artifactId")).doesNotContain("jenkins").doesNotContain("plugin");
    assertThat(pom("/project/packaging")).isEqualTo("hpi");
    assertThat(pom("/project/version")).isEqualTo("${changelist}");
    assertThat(pom("/project/properties/changelist")).isEqualTo("999999-SNAPSHOT");
    assertThat(pom("/project/name")).isNotEmpty().doesNotContainIgnoringCase("jenkins");
    assertThat(pom("/project/parent/artifactId")).isEqualTo("plugin");
  }

  @Test
  void licenceAndScmAreNamedAndDevelopersAreNot() throws Exception {
    assertThat(pom("/project/licenses/license/name")).isEqualTo("MIT License");
    assertThat(pom("/project/licenses/license/url")).startsWith("https://");
    assertThat(pom("/project/scm/connection")).startsWith("scm:git:https://");
    assertThat(pom("count(/project/developers)")).isEqualTo("0");
    assertThat(pom("count(/project/description)")).isEqualTo("0");
    assertThat(tree.resolve("LICENSE")).content().startsWith("MIT License");
  }

  @Test
  void theBansAreOnAndNothingIsBundledByAccident() throws Exception {
    for (String ban :
        List.of(
            "ban-junit4-imports.skip",
            "ban-deprecated-stapler.skip",
            "ban-commons-lang-2.skip",
            "banObsoleteDependencyOverrides.skip")) {
      assertThat(pom("/project/properties/*[name()='" + ban + "']")).isEqualTo("false");
    }
    assertThat(pom("/project/properties/hpi.strictBundledArtifacts")).isEqualTo("true");
  }

  @Test
  void whatHostingLooksForIsThere() {
    assertThat(tree.resolve("Jenkinsfile")).content().contains("buildPlugin(");
    assertThat(tree.resolve(".github/CODEOWNERS")).content().contains("@jenkinsci/");
    assertThat(tree.resolve(".github/workflows/cd.yaml")).content().contains("maven-cd.yml");
    assertThat(tree.resolve(".github/workflows/jenkins-security-scan.yml")).isRegularFile();
    assertThat(tree.resolve(".mvn/extensions.xml")).content().contains("git-changelist");
    assertThat(tree.resolve(".mvn/maven.config")).content().contains("-Dchangelist.format=%d.v%s");
    assertThat(tree.resolve("src/main/resources/index.jelly")).isRegularFile();
  }

  @Test
  void neitherTheCommandNorOurSignaturesAreInIt() throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      assertThat(all.map(path -> tree.relativize(path).toString()))
          .noneMatch(path -> path.contains("jenkins-api"))
          .noneMatch(path -> path.contains("canarygate/cli"))
          .noneMatch(path -> path.contains("jenkins-index"))
          .noneMatch(path -> path.startsWith("target"));
    }
  }

  @Test
  void theTestsInItRunAgainstTheSameSandbox() {
    Path java = tree.resolve("src/harness/java/io/jenkins/plugins/canarygate");
    assertThat(java.resolve("sandbox/SandboxCluster.java")).isRegularFile();
    assertThat(java.resolve("sandbox/HonestyTest.java")).doesNotExist();
    assertThat(java.resolve("harness/RealJenkinsTest.java")).isRegularFile();
    assertThat(tree.resolve("src/test")).doesNotExist();
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() throws Exception {
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("mine"), "mine");

    assertThat(run(full.toString())).isEqualTo(2);
    assertThat(full).isDirectoryContaining("glob:**/mine");
    assertThat(full.resolve("pom.xml")).doesNotExist();
  }
}
