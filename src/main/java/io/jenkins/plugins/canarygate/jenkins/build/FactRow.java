package io.jenkins.plugins.canarygate.jenkins.build;

import io.jenkins.plugins.canarygate.report.PlainText;

/** Something known of a gate, in a table: what it is, and the value. */
public final class FactRow {
  private final String label;
  private final String value;

  FactRow(String label, String value) {
    this.label = label;
    this.value = PlainText.line(value);
  }

  public String getLabel() {
    return label;
  }

  public String getValue() {
    return value;
  }
}
