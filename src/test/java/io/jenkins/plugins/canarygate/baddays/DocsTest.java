package io.jenkins.plugins.canarygate.baddays;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation says is so. */
class DocsTest {
  private static final Path TROUBLES = Path.of("docs", "troubleshooting.md");
  private static final Pattern QUOTED = Pattern.compile("\\*\\*`([^`]+)`\\*\\*");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

  static Stream<Path> documents() throws IOException {
    Stream<Path> top =
        Stream.of(
                "README.md", "CONTRIBUTING.md", "SECURITY.md", "tekton-tasks/canary-gate/README.md")
            .map(Path::of);
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      List<Path> found = docs.filter(file -> file.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(top, found.stream());
    }
  }

  static Stream<Message> quoted() {
    return all(QUOTED, read(TROUBLES)).map(match -> new Message(match.group(1)));
  }

  @ParameterizedTest
  @MethodSource("quoted")
  void aQuotedMessageIsOneThatTheCommandSays(Message message) throws IOException {
    boolean said =
        BadDays.ALL.stream().anyMatch(day -> message.isIn(BadDays.said(day).text()))
            || isInTheSource(message);
    assertThat(said).as("'%s' is said by the command, or stands in its source", message).isTrue();
  }

  @Test
  void aBadDayIsInTheTroubleshooting() {
    List<Message> quoted = quoted().toList();
    List<String> missing = new ArrayList<>();
    for (BadDay day : BadDays.ALL) {
      String text = BadDays.said(day).text();
      if (quoted.stream().noneMatch(message -> message.isIn(text))) {
        missing.add(day.toString());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void aMessageThatNobodySaysIsNoticed() throws IOException {
    Message invented = new Message("the gate FILE has run out of biscuits; buy NAME");

    assertThat(isInTheSource(invented)).isFalse();
    assertThat(BadDays.ALL).noneMatch(day -> invented.isIn(BadDays.said(day).text()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aRelativeLinkLeadsSomewhere(Path document) {
    List<String> broken = new ArrayList<>();
    String prose = CODE.matcher(read(document)).replaceAll("");
    all(LINK, prose)
        .map(match -> match.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .filter(link -> !leadsSomewhere(document, link))
        .forEach(broken::add);
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aWholeGateFileIsReadWithoutFault(Path document) throws GateFileException {
    for (MatchResult block : all(YAML, read(document)).toList()) {
      String text = block.group(1);
      if (Pattern.compile("(?m)^kind: Gate$").matcher(text).find()) {
        Map<String, String> given =
            text.contains("required: true") ? Map.of("image", "registry/checkout:2.0") : Map.of();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(GateFile.read(bytes, document.toString(), given).spec().checks()).isNotEmpty();
      }
    }
  }

  private static boolean leadsSomewhere(Path document, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || all(HEADING, read(target))
            .anyMatch(heading -> anchor(heading.group(1)).equals(link.substring(hash + 1)));
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }

  /** Whether all that does not vary stands in one source file, in this order. */
  private static boolean isInTheSource(Message message) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> JOINED.matcher(read(file)).replaceAll(""))
          .anyMatch(source -> inOrder(source, message.pieces()));
    }
  }

  private static boolean inOrder(String source, List<String> pieces) {
    int from = 0;
    for (String piece : pieces) {
      int at = source.indexOf(piece, from);
      if (at < 0) {
        return false;
      }
      from = at + piece.length();
    }
    return true;
  }

  private static Stream<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
