package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.PlainText;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of a Tekton Task, a file each in one folder. All of them travel in one termination
 * message of 4096 bytes that is shared with others, so together they stay below 1 KB: what is too
 * long is shortened with a mark, the verdict never.
 */
final class TaskResults {
  /** The results' names, in the order in which they are written. */
  static final List<String> NAMES =
      List.of("verdict", "outcome", "score", "reason", "revision", "reportDigest");

  private static final int LONGEST_REASON = 600;
  private static final int LONGEST_REVISION = 120;
  private static final String MARK = "…";

  private final Path folder;

  /**
   * @param folder where Tekton looks for results, as {@code /tekton/results}
   */
  TaskResults(Path folder) {
    this.folder = folder;
  }

  /** What consumers find should the process end before there is a verdict. */
  List<String> unfinished(String reason) {
    return write("ERROR", "", "", reason, "", "");
  }

  /** No verdict, because none was asked for or there was no gate. */
  List<String> nothing(String reason) {
    return write("", "", "", reason, "", "");
  }

  /** What became of the gate. */
  List<String> of(Report report) {
    return write(
        report.verdict().map(Enum::name).orElse("ERROR"),
        report.outcome().map(outcome -> outcome.text()).orElse(""),
        report.score().isPresent()
            ? String.format(Locale.ROOT, "%.1f", report.score().getAsDouble())
            : "",
        report.reason(),
        report.rollout().revision().orElse(""),
        digest(JsonReport.render(report)));
  }

  /** In the order of {@link #NAMES}. */
  private List<String> write(String... values) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      texts.put(NAMES.get(i), PlainText.line(values[i]));
    }
    texts.computeIfPresent("reason", (name, text) -> shortened(text, LONGEST_REASON));
    texts.computeIfPresent("revision", (name, text) -> shortened(text, LONGEST_REVISION));
    List<String> problems = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          try {
            Files.writeString(folder.resolve(name), text);
          } catch (IOException e) {
            problems.add(
                "the result "
                    + name
                    + " cannot be written into "
                    + folder
                    + " ("
                    + e.getClass().getSimpleName()
                    + ")");
          }
        });
    return problems;
  }

  /**
   * At most so many bytes in the message, cut between characters.
   *
   * @param bytes as many as the text has in JSON as Tekton writes it
   */
  static String shortened(String text, int bytes) {
    if (text.codePoints().map(TaskResults::bytes).sum() <= bytes) {
      return text;
    }
    int room = bytes - MARK.getBytes(StandardCharsets.UTF_8).length;
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      used += bytes(character);
      if (used > room) {
        break;
      }
      end += Character.charCount(character);
    }
    return text.substring(0, end) + MARK;
  }

  /** Go's JSON writes what could stand in a page of HTML as {@code \\u003c}. */
  private static int bytes(int character) {
    return switch (character) {
      case '<', '>', '&', '\u2028', '\u2029' -> 6;
      case '"', '\\' -> 2;
      default -> Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
    };
  }

  private static String digest(String json) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
