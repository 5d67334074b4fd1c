package io.jenkins.plugins.canarygate.jenkins.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Extension;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * That Jenkins finds what it looks up: annotated classes, extensions, and the parameters of
 * constructors and web methods.
 */
class JenkinsIndexTest {
  private static final Path INDEX = ClassFolder.OURS.resolve("META-INF/services/annotations");
  private static final Type INDEXED =
      Type.getObjectType("org/jvnet/hudson/annotation_indexer/Indexed");

  /** Only the checker of another plugin's build reads this one. */
  private static final String RESTRICTED = "org.kohsuke.accmod.Restricted";

  private final List<ClassNode> ours = new ArrayList<>();
  private Classes classes;

  @BeforeEach
  void readWhatWasCompiled() throws Exception {
    Map<String, byte[]> all = new HashMap<>(ClassFolder.classes(ClassFolder.TESTS));
    Map<String, byte[]> main = ClassFolder.classes(ClassFolder.OURS);
    all.putAll(main);
    classes = new Classes(all);
    main.values().forEach(file -> ours.add(Classes.node(file)));
  }

  @Test
  void everyClassWithAnIndexedAnnotationStandsInTheIndexOfThatAnnotation() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    uses(this::isIndexed).forEach((annotation, users) -> expected.put(annotation, lines(users)));
    expected.remove(RESTRICTED);

    assertThat(written())
        .as("what stands in src/jenkins-index/META-INF/services/annotations")
        .isEqualTo(expected);
  }

  @Test
  void everyExtensionStandsInTheIndexOfExtensions() {
    Set<String> expected =
        uses(annotation -> annotation.equals(Extension.class.getName()))
            .getOrDefault(Extension.class.getName(), Set.of());
    Index<Extension, Object> index =
        Index.load(Extension.class, Object.class, getClass().getClassLoader());

    assertThat(
            StreamSupport.stream(index.spliterator(), false)
                .map(IndexItem::className)
                .collect(Collectors.toSet()))
        .isEqualTo(expected);
  }

  @Test
  void theParametersOfEveryDataBoundConstructorAreWrittenDown() throws Exception {
    for (ClassNode node : ours) {
      for (MethodNode method : node.methods) {
        if (has(method.visibleAnnotations, "org/kohsuke/stapler/DataBoundConstructor")) {
          assertThat(properties(staplerFile(node.name)).getProperty("constructor"))
              .as(node.name)
              .isEqualTo(parameters(method));
        }
      }
    }
  }

  @Test
  void theParametersOfEveryWebMethodAreWrittenDown() throws Exception {
    for (ClassNode node : ours) {
      for (MethodNode method : node.methods) {
        if (asksTheQuery(method)) {
          assertThat(staplerFile(node.name.replace('$', '/') + "/" + method.name))
              .as(node.name + "." + method.name)
              .hasContent(parameters(method));
        }
      }
    }
  }

  @Test
  void noneOfStaplersFilesSaysWhenItWasWritten() throws Exception {
    try (Stream<Path> files = Files.walk(ClassFolder.OURS)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".stapler")).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain("#");
      }
    }
  }

  private static Path staplerFile(String name) {
    return ClassFolder.OURS.resolve(name + ".stapler");
  }

  private static boolean asksTheQuery(MethodNode method) {
    return method.visibleParameterAnnotations != null
        && Stream.of(method.visibleParameterAnnotations)
            .anyMatch(annotations -> has(annotations, "org/kohsuke/stapler/QueryParameter"));
  }

  private static String parameters(MethodNode method) {
    return method.parameters == null
        ? ""
        : method.parameters.stream()
            .filter(parameter -> (parameter.access & Opcodes.ACC_MANDATED) == 0)
            .map(parameter -> parameter.name)
            .collect(Collectors.joining(","));
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    return properties;
  }

  private static Map<String, String> written() throws IOException {
    Map<String, String> written = new TreeMap<>();
    if (Files.isDirectory(INDEX)) {
      try (Stream<Path> files = Files.list(INDEX)) {
        for (Path file : files.toList()) {
          written.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return written;
  }

  private static String lines(Set<String> names) {
    return names.stream().map(name -> name + "\n").collect(Collectors.joining());
  }

  private boolean isIndexed(String annotation) {
    return classes
        .find(annotation.replace('.', '/'))
        .map(type -> has(type.visibleAnnotations, INDEXED.getInternalName()))
        .orElse(false);
  }

  /** Which of our classes use an annotation, on themselves or on a member. */
  private Map<String, Set<String>> uses(Predicate<String> wanted) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (ClassNode node : ours) {
      Stream.of(
              Stream.of(orNone(node.visibleAnnotations)),
              node.methods.stream().map((MethodNode method) -> orNone(method.visibleAnnotations)),
              node.fields.stream().map((FieldNode field) -> orNone(field.visibleAnnotations)))
          .flatMap(annotations -> annotations)
          .flatMap(List::stream)
          .map(annotation -> Type.getType(annotation.desc).getClassName())
          .filter(wanted)
          .forEach(
              annotation ->
                  uses.computeIfAbsent(annotation, ignored -> new TreeSet<>())
                      .add(node.name.replace('/', '.')));
    }
    return uses;
  }

  private static List<AnnotationNode> orNone(List<AnnotationNode> annotations) {
    return annotations == null ? List.of() : annotations;
  }

  private static boolean has(List<AnnotationNode> annotations, String type) {
    return orNone(annotations).stream()
        .anyMatch(annotation -> Type.getType(annotation.desc).getInternalName().equals(type));
  }
}
