package io.jenkins.plugins.canarygate.rollout.flagger;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the annotation {@value #ANNOTATION} of a Canary says should happen when nobody is at the
 * gate: {@code hold}, which is also the default, or {@code allowAfter=} and a whole number of
 * {@code s}, {@code m} or {@code h}, from a minute to a week.
 *
 * @param allowAfter after how long in WaitingPromotion the promotion is allowed; empty: never
 * @param fault what is wrong with the annotation, in one line, so that it holds; empty otherwise
 */
public record Unattended(Optional<Duration> allowAfter, String fault) {
  /** The annotation's name. */
  public static final String ANNOTATION = "canary-gate/unattended";

  private static final Pattern ALLOW_AFTER = Pattern.compile("allowAfter=(\\d{1,6})([smh])");
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  /** Reads a Canary's annotation. */
  public static Unattended of(CanaryView canary) {
    return canary.annotation(ANNOTATION).map(Unattended::of).orElse(hold(""));
  }

  private static Unattended of(String text) {
    if (text.strip().equals("hold")) {
      return hold("");
    }
    Matcher matcher = ALLOW_AFTER.matcher(text.strip());
    if (!matcher.matches()) {
      return malformed();
    }
    long number = Long.parseLong(matcher.group(1));
    Duration after =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    return after.compareTo(SHORTEST) < 0 || after.compareTo(LONGEST) > 0
        ? malformed()
        : new Unattended(Optional.of(after), "");
  }

  private static Unattended malformed() {
    return hold(
        "the annotation "
            + ANNOTATION
            + " holds, for it is neither hold nor allowAfter= with a time from 1m to 168h, as"
            + " allowAfter=30m");
  }

  private static Unattended hold(String fault) {
    return new Unattended(Optional.empty(), fault);
  }
}
