package io.jenkins.plugins.canarygate.jenkins.config;

import io.jenkins.plugins.canarygate.jenkins.gates.Abandoned;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An abandoned gate, as a page shows it. */
public final class AbandonedRow {
  private final Abandoned gate;

  AbandonedRow(Abandoned gate) {
    this.gate = gate;
  }

  public String getBuild() {
    return gate.build();
  }

  public String getId() {
    return gate.id();
  }

  /** The gate's name; empty where it had not been read. */
  public String getName() {
    return gate.gate();
  }

  public String getRollout() {
    return gate.rollout();
  }

  public String getWhy() {
    return gate.why();
  }

  public String getAt() {
    return gate.at();
  }

  /** Where the build's page is, below Jenkins' address; of a name that is none, Jenkins' own. */
  public String getLink() {
    int number = gate.build().lastIndexOf('#');
    if (number <= 0) {
      return "";
    }
    String job =
        Arrays.stream(gate.build().substring(0, number).split("/"))
            .map(AbandonedRow::encoded)
            .collect(Collectors.joining("/job/", "job/", "/"));
    return job + encoded(gate.build().substring(number + 1)) + "/";
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
