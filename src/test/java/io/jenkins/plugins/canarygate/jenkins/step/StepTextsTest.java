package io.jenkins.plugins.canarygate.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The step's texts are there in each language, and its form keeps to the rules of Jenkins. */
class StepTextsTest {
  private static final Path RESOURCES =
      Path.of("src/main/resources/io/jenkins/plugins/canarygate/jenkins/step");
  private static final Path FORM = RESOURCES.resolve("CanaryGateStep");
  private static final List<String> LANGUAGES = List.of("_de", "_zh_CN");

  @Test
  void eachTextIsThereInEachLanguage() throws IOException {
    for (Path file : List.of(RESOURCES.resolve("Messages"), FORM.resolve("config"))) {
      Properties english = properties(file + ".properties");
      for (String language : LANGUAGES) {
        Properties other = properties(file + language + ".properties");
        assertThat(other.keySet()).as(file + language).isEqualTo(english.keySet());
        assertThat(other.values()).as(file + language).noneMatch(text -> text.toString().isBlank());
      }
    }
  }

  @Test
  void eachTextOfTheFormIsThere() throws IOException {
    Properties english = properties(FORM.resolve("config") + ".properties");
    assertThat(all("\\$\\{%(\\w+)}")).isNotEmpty().allMatch(english::containsKey);
  }

  @Test
  void eachFieldHasHelpInEachLanguage() throws IOException {
    assertThat(FORM.resolve("help.html")).exists();
    for (String field : all("field=\"(\\w+)\"")) {
      String name = field.equals("parameterLines") ? "parameters" : field;
      assertThat(FORM.resolve("help-" + name + ".html")).exists();
    }
    try (Stream<Path> files = Files.list(FORM)) {
      for (Path help :
          files.filter(file -> file.toString().matches(".*help[-a-zA-Z]*.html")).toList()) {
        for (String language : LANGUAGES) {
          Path other =
              help.resolveSibling(
                  help.getFileName().toString().replace(".html", language + ".html"));
          assertThat(other).exists();
          assertThat(tags(other)).as(other.toString()).isEqualTo(tags(help));
        }
      }
    }
  }

  @Test
  void theFormEscapesAndHoldsNoScriptOrStyle() throws IOException {
    String jelly = Files.readString(FORM.resolve("config.jelly"));
    assertThat(jelly).startsWith("<?jelly escape-by-default='true'?>");
    assertThat(jelly).doesNotContainPattern("<script|<style|style=|\\son[a-z]+=");
  }

  private static List<String> all(String regex) throws IOException {
    return Pattern.compile(regex)
        .matcher(Files.readString(FORM.resolve("config.jelly")))
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }

  private static List<String> tags(Path html) throws IOException {
    return Pattern.compile("</?[a-z]+>")
        .matcher(Files.readString(html))
        .results()
        .map(match -> match.group())
        .sorted()
        .toList();
  }

  private static Properties properties(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(file), StandardCharsets.ISO_8859_1)) {
      properties.load(in);
    }
    return properties;
  }
}
