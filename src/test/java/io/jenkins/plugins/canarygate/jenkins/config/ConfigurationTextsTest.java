package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of the configuration and of its monitors, beyond what holds for all of the plugin. */
class ConfigurationTextsTest {
  private static final Path FOLDER =
      Path.of("src/main/resources/io/jenkins/plugins/canarygate/jenkins/config");

  static List<Path> jellies() throws IOException {
    return files(".jelly");
  }

  static List<Path> texts() throws IOException {
    return files(".properties");
  }

  static List<Path> help() throws IOException {
    return files(".html");
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  /** All texts go through MessageFormat, to which one apostrophe begins a quotation. */
  @ParameterizedTest
  @MethodSource("texts")
  void everyApostropheIsDoubled(Path file) throws IOException {
    assertThat(properties(file).values())
        .allSatisfy(
            text -> {
              assertThat(text.toString().replace("''", "")).doesNotContain("'");
              assertThat(new MessageFormat(text.toString())).isNotNull();
            });
  }

  @ParameterizedTest
  @MethodSource("jellies")
  void noTextIsLeftOver(Path jelly) throws IOException {
    Path texts = Path.of(jelly.toString().replace(".jelly", ".properties"));
    assertThat(all("\\$\\{%(\\w+)", Files.readString(jelly)))
        .isEqualTo(new TreeSet<>(properties(texts).stringPropertyNames()));
  }

  @ParameterizedTest
  @MethodSource("help")
  void helpIsOfAFieldThatThereIs(Path help) throws IOException {
    assertThat(all("<(\\w+)", Files.readString(help))).isSubsetOf("div", "p", "code");
    assertThat(Files.readString(help.resolveSibling("config.jelly")))
        .contains("field=\"" + help.getFileName().toString().split("[-_.]")[1] + "\"");
  }

  @ParameterizedTest
  @MethodSource("help")
  void noTranslatedHelpWasLeftInEnglish(Path help) throws IOException {
    String text = Files.readString(help);
    if (help.toString().endsWith("_zh_CN.html")) {
      assertThat(text).containsPattern("\\p{IsHan}");
    } else if (help.toString().endsWith("_de.html")) {
      assertThat(text).doesNotContainPattern("(?i)\\bthe\\b");
    }
  }

  private static TreeSet<String> all(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      properties.load(in);
    }
    return properties;
  }
}
