package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Forms, messages and help: whole in English, German and Simplified Chinese. */
class ConfigurationTextsTest {
  static final List<Class<?>> CONFIGURED = Described.CONFIGURED;

  private static final Path FOLDER =
      Path.of("src/main/resources/io/jenkins/plugins/canarygate/jenkins/config");
  private static final List<String> OTHERS = List.of("_de", "_zh_CN");

  static List<Path> jellies() throws IOException {
    return files(".jelly");
  }

  static List<Path> english() throws IOException {
    return files(".properties").stream().filter(f -> !f.toString().matches(".*_.*")).toList();
  }

  static List<Path> help() throws IOException {
    return files(".html");
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("english")
  void eachTextIsThereInEachLanguage(Path english) throws IOException {
    Properties texts = properties(english);
    for (String language : OTHERS) {
      Properties translated = properties(sibling(english, language, ".properties"));
      assertThat(translated.keySet()).as(language).isEqualTo(texts.keySet());
      texts
          .stringPropertyNames()
          .forEach(
              key ->
                  assertThat(arguments(translated.getProperty(key)))
                      .as(key + language)
                      .isEqualTo(arguments(texts.getProperty(key))));
    }
  }

  /** All texts go through MessageFormat, to which one apostrophe begins a quotation. */
  @ParameterizedTest
  @MethodSource("english")
  void everyTextIsAMessageFormatWithDoubledApostrophes(Path english) throws IOException {
    List<Path> all = new ArrayList<>(List.of(english));
    OTHERS.forEach(language -> all.add(sibling(english, language, ".properties")));
    for (Path file : all) {
      assertThat(Files.readString(file)).as(file.toString()).matches("\\p{ASCII}*");
      assertThat(properties(file).values())
          .as(file.toString())
          .allSatisfy(
              text -> {
                assertThat(text.toString()).isNotBlank();
                assertThat(text.toString().replace("''", "")).doesNotContain("'");
                assertThat(new MessageFormat(text.toString())).isNotNull();
              });
    }
  }

  @ParameterizedTest
  @MethodSource("jellies")
  void everyTextOfAViewIsThereAndUsed(Path jelly) throws IOException {
    Properties texts = properties(sibling(jelly, "", ".properties"));
    assertThat(all("\\$\\{%(\\w+)", Files.readString(jelly)))
        .isEqualTo(new TreeSet<>(texts.stringPropertyNames()));
  }

  @ParameterizedTest
  @MethodSource("jellies")
  void everyViewEscapesAndHasNoScriptOrStyleOfItsOwn(Path jelly) throws IOException {
    String text = Files.readString(jelly);
    assertThat(text).startsWith("<?jelly escape-by-default='true'?>");
    assertThat(text).doesNotContainPattern("(?i)<script|<style|style=|\\son\\w+=|<j:out");
  }

  @ParameterizedTest
  @FieldSource("CONFIGURED")
  void everyFieldIsInTheFormAndHasHelp(Class<?> type) throws IOException {
    Path folder = FOLDER.resolve(type.getSimpleName());
    Set<String> fields = all("<f:entry field=\"(\\w+)\"", read(folder.resolve("config.jelly")));

    assertThat(fields).containsAll(Described.attributes(type).keySet());
    for (String field : fields) {
      Path help = folder.resolve("help-" + field + ".html");
      assertThat(help).exists();
      OTHERS.forEach(language -> assertThat(sibling(help, language, ".html")).exists());
    }
  }

  @ParameterizedTest
  @MethodSource("help")
  void helpIsPlainMarkupOfAFieldThatThereIs(Path help) throws IOException {
    String text = read(help);
    assertThat(text).startsWith("<div>\n").endsWith("</div>\n");
    assertThat(all("<(\\w+)", text)).isSubsetOf("div", "p", "code");
    assertThat(read(help.resolveSibling("config.jelly")))
        .contains("field=\"" + help.getFileName().toString().split("[-_.]")[1] + "\"");
  }

  @Test
  void noGermanOrChineseHelpWasLeftInEnglish() throws IOException {
    for (Path help : help()) {
      if (help.toString().endsWith("_zh_CN.html")) {
        assertThat(read(help)).as(help.toString()).containsPattern("\\p{IsHan}");
      } else if (help.toString().endsWith("_de.html")) {
        assertThat(read(help)).as(help.toString()).doesNotContainPattern("(?i)\\bthe\\b");
      }
    }
  }

  private static Set<String> arguments(String text) {
    return all("\\{(\\d)", text);
  }

  private static TreeSet<String> all(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path sibling(Path file, String language, String end) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + language + end);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      properties.load(in);
    }
    return properties;
  }
}
