package io.jenkins.plugins.canarygate.jenkins.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Something that an administrator should mend, as a page shows it. */
public final class Trouble {
  private final String subject;
  private final String why;

  Trouble(String subject, String why) {
    this.subject = subject;
    this.why = why;
  }

  /**
   * All there is.
   *
   * @param clusters why clusters cannot be reached, by their names
   * @param keys what is wrong with credentials
   */
  static List<Trouble> all(Map<String, String> clusters, List<Trouble> keys) {
    return Stream.concat(
            clusters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new Trouble(Messages.Trouble_cluster(e.getKey()), e.getValue())),
            keys.stream())
        .toList();
  }

  public String getSubject() {
    return subject;
  }

  public String getWhy() {
    return why;
  }
}
