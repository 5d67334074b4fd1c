package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Finding.Level;
import java.util.List;
import java.util.stream.Collectors;

/** What a test of a connection found, for a form. */
final class TestedConnection {
  private TestedConnection() {}

  static FormValidation of(List<Finding> findings) {
    String text = findings.stream().map(TestedConnection::line).collect(Collectors.joining("<br>"));
    Level worst = findings.stream().map(Finding::level).max(Level::compareTo).orElse(Level.OK);
    return switch (worst) {
      case OK -> FormValidation.okWithMarkup(text);
      case WARNING -> FormValidation.warningWithMarkup(text);
      case ERROR -> FormValidation.errorWithMarkup(text);
    };
  }

  /** Whatever a cluster or Honeycomb said is text, never markup. */
  private static String line(Finding finding) {
    String remedy = finding.remedy().map(r -> r.contains("\n") ? "" : "; " + r).orElse("");
    String line = finding.level() + " " + finding.subject() + ": " + finding.message() + remedy;
    return Util.escape(line);
  }
}
