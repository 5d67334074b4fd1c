package io.jenkins.plugins.canarygate.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What holds for each form and page of the plugin, and for its texts in each language. */
class JenkinsFormsTest {
  private static final Path ROOT =
      Path.of("src/main/resources/io/jenkins/plugins/canarygate/jenkins");
  private static final List<String> LANGUAGES = List.of("_de", "_zh_CN");
  private static final Pattern TEXT = Pattern.compile("\\$\\{%([\\w.]+)");

  private static final Pattern HELP =
      Pattern.compile("\\$\\{descriptor\\.getHelpFile\\('(\\w+)'\\)}");

  private static List<Path> files(String pattern) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  private static Stream<DynamicTest> each(String pattern, ThrowingCheck check) throws IOException {
    List<Path> found = files(pattern);
    assertThat(found).isNotEmpty();
    return found.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(file).toString(), () -> check.accept(file)));
  }

  private interface ThrowingCheck {
    void accept(Path file) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> aFormEscapesWhatItShows() throws IOException {
    return each(
        ".*\\.jelly",
        file ->
            assertThat(Files.readString(file)).startsWith("<?jelly escape-by-default='true'?>"));
  }

  @TestFactory
  Stream<DynamicTest> aFormIsXmlWithoutScriptStyleOrHandler() throws IOException {
    return each(
        ".*\\.jelly",
        file -> {
          for (Element element : elements(parse(file))) {
            assertThat(element.getTagName()).isNotIn("script", "style");
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
              String name = element.getAttributes().item(i).getNodeName();
              assertThat(name)
                  .as(element.getTagName())
                  .doesNotMatch("on[a-z]+")
                  .isNotEqualTo("style");
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> nothingOfAFormIsShownUnescaped() throws IOException {
    return each(
        ".*\\.jelly",
        file -> assertThat(Files.readString(file)).doesNotContainPattern("(?i)<j:out|javascript:"));
  }

  @TestFactory
  Stream<DynamicTest> eachLinkThatOpensAnotherPageTellsItNothing() throws IOException {
    return each(
        ".*\\.jelly",
        file ->
            assertThat(elements(parse(file)))
                .filteredOn(element -> element.getTagName().equals("a"))
                .filteredOn(element -> element.hasAttribute("target"))
                .allMatch(element -> element.getAttribute("rel").equals("noopener noreferrer")));
  }

  /** That it is there in each language as well is another test's. */
  @TestFactory
  Stream<DynamicTest> eachFieldOfAFormHasHelp() throws IOException {
    return each(
        "(config|criteria|shared)\\.jelly",
        file -> {
          for (Element element : elements(parse(file))) {
            if (element.hasAttribute("field")) {
              String help = "help-" + helped(element) + ".html";
              assertThat(
                      Files.exists(file.resolveSibling(help))
                          || Files.exists(ROOT.resolve("symbol/CheckSymbol").resolve(help)))
                  .as(help)
                  .isTrue();
            }
          }
        });
  }

  /** The field whose help is shown: its own, unless the form names another's. */
  private static String helped(Element field) {
    Matcher named = HELP.matcher(field.getAttribute("help"));
    return named.matches() ? named.group(1) : field.getAttribute("field");
  }

  @TestFactory
  Stream<DynamicTest> eachTextOfAFormIsWrittenDown() throws IOException {
    return each(
        ".*\\.jelly",
        file -> {
          Path texts = Path.of(file.toString().replace(".jelly", ".properties"));
          Set<String> used = new TreeSet<>();
          TEXT.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group(1)));
          if (!used.isEmpty()) {
            assertThat(load(texts).stringPropertyNames()).containsAll(used);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> eachTextIsThereInEachLanguage() throws IOException {
    return each(
        "[A-Za-z-]+\\.properties",
        file -> {
          Properties english = load(file);
          for (String language : LANGUAGES) {
            Properties other =
                load(Path.of(file.toString().replace(".properties", language + ".properties")));
            assertThat(other.stringPropertyNames())
                .as(language)
                .isEqualTo(english.stringPropertyNames());
            for (String key : english.stringPropertyNames()) {
              assertThat(places(other, key)).as(key + language).isEqualTo(places(english, key));
              assertThat(other.getProperty(key)).as(key + language).isNotBlank();
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aFileOfTextsReadsTheSameWhateverItsEncoding() throws IOException {
    return each(
        ".*\\.properties",
        file ->
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .as("write \\uXXXX")
                .matches("[\\x00-\\x7f]*"));
  }

  @TestFactory
  Stream<DynamicTest> eachHelpIsThereInEachLanguageAndIsWellFormed() throws IOException {
    return each(
        "help(-\\w*[^_\\W])?\\.html",
        file -> {
          if (file.getFileName().toString().matches(".*_(de|zh_CN)\\.html")) {
            return;
          }
          for (String language : LANGUAGES) {
            Path other = Path.of(file.toString().replace(".html", language + ".html"));
            assertThat(other).exists();
            Document translated = parse(other);
            assertThat(tags(translated)).as(other.toString()).isEqualTo(tags(parse(file)));
            assertThat(translated.getDocumentElement().getTextContent()).isNotBlank();
          }
        });
  }

  private static Set<String> places(Properties texts, String key) {
    Set<String> places = new TreeSet<>();
    Pattern.compile("\\{\\d+}")
        .matcher(texts.getProperty(key))
        .results()
        .forEach(found -> places.add(found.group()));
    return places;
  }

  private static Properties load(Path file) throws IOException {
    Properties texts = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      texts.load(in);
    }
    return texts;
  }

  private static Document parse(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    String text = Files.readString(file).replace("<?jelly escape-by-default='true'?>", "");
    // A help may be a few paragraphs without one element around them.
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader("<file>" + text + "</file>")));
  }

  private static List<Element> elements(Document document) {
    NodeList all = document.getElementsByTagName("*");
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Node node = all.item(i);
      elements.add((Element) node);
    }
    return elements;
  }

  private static List<String> tags(Document document) {
    // Each language has its own order of words.
    return elements(document).stream().map(Element::getTagName).sorted().toList();
  }
}
