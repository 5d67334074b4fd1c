package io.jenkins.plugins.canarygate.evidence.keptn;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a measurement goes on with: {@code k1 SINCE CREATED}, in milliseconds since 1970. The first
 * names the Analysis (a jump of the clock moves what the session says of it), the second begins its
 * time.
 *
 * @param since when the measurement was first asked for
 * @param created when the Analysis was created
 */
record KeptnTicket(Instant since, Instant created) {
  private static final Pattern FORM = Pattern.compile("k1 (\\d{1,15}) (\\d{1,15})");

  /** Reads a ticket; empty for what is none of ours. */
  static Optional<KeptnTicket> of(Optional<String> text) {
    return text.map(FORM::matcher)
        .filter(Matcher::matches)
        .map(m -> new KeptnTicket(instant(m.group(1)), instant(m.group(2))));
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  String text() {
    return "k1 " + since.toEpochMilli() + " " + created.toEpochMilli();
  }
}
