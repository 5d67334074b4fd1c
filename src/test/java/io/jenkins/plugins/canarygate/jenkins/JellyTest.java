package io.jenkins.plugins.canarygate.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** Every page and form escapes what it shows, and speaks each language. */
class JellyTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final List<String> LANGUAGES = List.of("", "_de", "_zh_CN");

  private static List<Path> files(String pattern) throws IOException {
    try (Stream<Path> all = Files.walk(RESOURCES)) {
      return all.filter(file -> file.getFileName().toString().matches(pattern)).toList();
    }
  }

  @Test
  void eachJellyFileIsXmlThatEscapes() throws Exception {
    assertThat(files(".*\\.jelly")).hasSizeGreaterThan(9);
    for (Path file : files(".*\\.jelly")) {
      assertThat(Files.readString(file))
          .as(file.toString())
          .startsWith("<?jelly escape-by-default='true'?>");
      DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
  }

  @Test
  void noJellyFileHoldsAScriptAStyleOrAnythingUnescaped() throws IOException {
    for (Path file : files(".*\\.jelly")) {
      assertThat(Files.readString(file))
          .as(file.toString())
          .doesNotContainPattern("(?i)<script|<style|\\sstyle=|\\son[a-z]+=|<j:out|javascript:");
    }
  }

  @Test
  void eachLinkThatOpensAnotherPageTellsItNothing() throws IOException {
    for (Path file : files(".*\\.jelly")) {
      for (String link : all(file, "<a [^>]*target=[^>]*>")) {
        assertThat(link).contains("rel=\"noopener noreferrer\"");
      }
    }
  }

  @Test
  void eachTextOfAPageOrFormIsThereInEachLanguage() throws IOException {
    for (Path file : files("(config|criteria|shared|index|summary)\\.jelly")) {
      Set<String> wanted =
          all(file, "\\$\\{%([^}(]+)").stream()
              .map(found -> found.substring("${%".length()))
              .collect(Collectors.toSet());
      if (wanted.isEmpty()) {
        continue;
      }
      for (String language : LANGUAGES) {
        Path texts = Path.of(file.toString().replace(".jelly", language + ".properties"));
        if (language.isEmpty() && !Files.exists(texts)) {
          // Then the keys are the English texts.
          continue;
        }
        assertThat(keys(texts)).as(texts.toString()).containsAll(wanted);
      }
    }
  }

  @Test
  void eachFieldOfASymbolHasHelpInEachLanguage() throws IOException {
    Path symbols = RESOURCES.resolve("io/jenkins/plugins/canarygate/jenkins/symbol");
    for (Path form : files("(config|criteria|shared)\\.jelly")) {
      if (!form.startsWith(symbols)) {
        continue;
      }
      for (String found : all(form, "field=\"\\w+")) {
        String field = found.substring("field=\"".length());
        for (String language : LANGUAGES) {
          String name = "help-" + field + language + ".html";
          assertThat(
                  Files.exists(form.resolveSibling(name))
                      || Files.exists(symbols.resolve("CheckSymbol").resolve(name)))
              .as(form + ": " + name)
              .isTrue();
        }
      }
    }
  }

  private static Set<Object> keys(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is missing or unreadable", e);
    }
    return properties.keySet();
  }

  private static List<String> all(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(MatchResult::group)
        .distinct()
        .toList();
  }
}
