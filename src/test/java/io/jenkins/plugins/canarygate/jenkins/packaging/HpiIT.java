package io.jenkins.plugins.canarygate.jenkins.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is in the .hpi, and what is not. */
class HpiIT {
  private static final String OURS = "io/jenkins/plugins/canarygate/";
  private Hpi hpi;

  @BeforeEach
  void isBuilt() throws Exception {
    hpi = Hpi.built();
  }

  @Test
  void theHpiHoldsOurJarAndNoLibraryThatAnotherPluginBrings() {
    assertThat(hpi.entries().keySet()).containsExactlyInAnyOrder("META-INF/MANIFEST.MF", Hpi.INNER);
  }

  @Test
  void theManifestSaysAllThatJenkinsAsksFor() throws Exception {
    Attributes manifest = hpi.manifest().getMainAttributes();

    assertThat(manifest.getValue("Short-Name")).isEqualTo("canary-gate");
    assertThat(manifest.getValue("Extension-Name")).isEqualTo("canary-gate");
    assertThat(manifest.getValue("Long-Name")).isEqualTo("Canary Gate");
    assertThat(manifest.getValue("Group-Id")).isEqualTo("io.jenkins.plugins");
    assertThat(manifest.getValue("Artifact-Id")).isEqualTo("canary-gate");
    assertThat(manifest.getValue("Plugin-Version"))
        .matches("\\d+\\.\\d+\\S*")
        .isEqualTo(manifest.getValue("Implementation-Version"));
    assertThat(manifest.getValue("Jenkins-Version"))
        .isEqualTo("2.541.1")
        .isEqualTo(manifest.getValue("Hudson-Version"));
    assertThat(manifest.getValue("Minimum-Java-Version")).isEqualTo("17");
    assertThat(manifest.getValue("Plugin-License-Name")).isEqualTo("MIT License");
    assertThat(manifest.getValue("Url")).startsWith("https://");
  }

  @Test
  void itNeedsThePluginsThatTheHostedBuildNeeds() throws Exception {
    assertThat(hpi.dependencies()).isSorted().containsExactlyInAnyOrderElementsOf(hosted());
  }

  @Test
  void noLineOfTheManifestIsLongerThan72Bytes() {
    String manifest = new String(hpi.entries().get("META-INF/MANIFEST.MF"), StandardCharsets.UTF_8);

    assertThat(manifest.lines()).allMatch(line -> line.length() <= 72);
  }

  @Test
  void ourJarCarriesTheSameManifestSoThatJenkinsKnowsWhoseTypesItSaves() throws Exception {
    Manifest inner = Jars.manifest(hpi.inner());

    assertThat(text(inner)).isEqualTo(text(hpi.manifest()));
  }

  @Test
  void ourJarSaysWhatThePluginIs() throws Exception {
    assertThat(innerFiles().keySet())
        .contains("index.jelly")
        .anyMatch(name -> name.matches(OURS + "jenkins/.*Messages.properties"));
    assertThat(new String(innerFiles().get("index.jelly"), StandardCharsets.UTF_8))
        .startsWith("<?jelly escape-by-default='true'?>");
  }

  @Test
  void ourJarHasOnlyOurClassesAndNoneOfTheCommandsOrServers() throws Exception {
    assertThat(Jars.classes(hpi.inner()).keySet())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(name).startsWith(OURS))
        .noneSatisfy(name -> assertThat(name).startsWith(OURS + "cli/"))
        .noneSatisfy(name -> assertThat(name).startsWith(OURS + "server/"));
    assertThat(innerFiles().keySet())
        .allMatch(
            name ->
                name.startsWith(OURS) || name.startsWith("META-INF/") || name.equals("index.jelly"))
        .noneMatch(name -> name.startsWith(OURS + "cli/") || name.startsWith(OURS + "server/"));
  }

  @Test
  void noClassInItNamesOneThatIsNotThere() throws Exception {
    Map<String, byte[]> classes = Jars.classes(hpi.inner());
    Set<String> strangers = new TreeSet<>();

    classes.forEach(
        (name, file) ->
            Uses.of(new ClassReader(file)).types().stream()
                .filter(
                    type ->
                        type.startsWith(OURS) && !classes.containsKey(type)
                            || type.startsWith("picocli/")
                            || type.startsWith("org/eclipse/jetty/")
                            || type.startsWith("io/prometheus/")
                            || type.startsWith("com/sun/net/httpserver/")
                            || type.startsWith("io/fabric8/kubernetes/client/jdkhttp/"))
                .forEach(type -> strangers.add(name + " uses " + type)));

    assertThat(strangers).isEmpty();
  }

  @Test
  void everyClassRunsOnJava17() throws Exception {
    assertThat(Jars.classes(hpi.inner()).values())
        .allMatch(file -> Classes.node(file).version <= 61);
  }

  @Test
  void theCommandsJarHasNothingOfThePlugin() throws Exception {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of("target", "canary-gate", "lib"))) {
      jars = files.filter(file -> file.getFileName().toString().startsWith("canary-gate")).toList();
    }

    assertThat(jars).hasSize(1);
    assertThat(Jars.files(jars.get(0), name -> true).keySet())
        .anyMatch(name -> name.startsWith(OURS + "cli/"))
        .noneMatch(name -> name.startsWith(OURS + "jenkins/"))
        .noneMatch(name -> name.startsWith("META-INF/annotations/"));
  }

  /** The plugins that pom-jenkins.xml names, beside those that only its tests use. */
  private static List<String> hosted() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom-jenkins.xml").toFile());
    NodeList found =
        (NodeList)
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                    "/project/dependencies/dependency[not(scope='test')]/artifactId/text()",
                    pom,
                    XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getNodeValue())
        .toList();
  }

  private Map<String, byte[]> innerFiles() throws Exception {
    return Jars.files(hpi.inner(), name -> true);
  }

  private static String text(Manifest manifest) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
