package io.jenkins.plugins.canarygate.kube;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as the API server wants them in Leases: with exactly six digits behind the second. */
public final class MicroTime {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private MicroTime() {}

  /** As {@code 2026-03-01T12:00:00.000000Z}. */
  public static String text(Instant instant) {
    return FORM.format(instant);
  }
}
