package io.jenkins.plugins.canarygate.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.report.PlainText;
import java.util.ArrayList;
import java.util.List;

/** What {@code plan} found, as lines or as JSON. */
final class Findings {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final String gate;
  private final List<Finding> all;

  Findings(String gate, List<Finding> all) {
    this.gate = gate;
    this.all = List.copyOf(all);
  }

  private record Document(
      String plan, String gate, long errors, long warnings, List<Finding> findings) {}

  boolean hasErrors() {
    return count(Finding.Level.ERROR) > 0;
  }

  /** A line for each, with what to do below it, and a line for all. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Finding finding : all) {
      lines.add(
          PlainText.line(
              String.format(
                  "%-7s  %s: %s", finding.level(), finding.subject(), finding.message())));
      finding
          .remedy()
          .ifPresent(text -> text.lines().forEach(l -> lines.add("         " + PlainText.line(l))));
    }
    lines.add(summary());
    return lines;
  }

  /** How many there are of what may stand in the way. */
  String summary() {
    return PlainText.line(
        gate
            + ": "
            + counted(count(Finding.Level.ERROR), "error")
            + ", "
            + counted(count(Finding.Level.WARNING), "warning"));
  }

  /**
   * One document: {@code plan}, {@code gate}, {@code errors}, {@code warnings}, {@code findings}.
   */
  String json() {
    try {
      return MAPPER.writeValueAsString(
              new Document(
                  "canary-gate/v1",
                  gate,
                  count(Finding.Level.ERROR),
                  count(Finding.Level.WARNING),
                  all))
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("findings could not be written as JSON", e);
    }
  }

  private long count(Finding.Level level) {
    return all.stream().filter(finding -> finding.level() == level).count();
  }

  private static String counted(long number, String what) {
    return number == 1 ? "1 " + what : number + " " + what + "s";
  }
}
