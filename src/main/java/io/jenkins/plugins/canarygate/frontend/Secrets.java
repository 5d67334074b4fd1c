package io.jenkins.plugins.canarygate.frontend;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What must never be shown. Nothing is meant to hold a secret that could get into a message; this
 * is the last line, for the traces and messages of libraries.
 */
public final class Secrets {
  private static final String HIDDEN = "***";
  private static final int SHORTEST = 6;
  private static final Pattern BEARER =
      Pattern.compile("(?i)(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");
  private static final Pattern HEADER =
      Pattern.compile("(?i)(x-honeycomb-team|authorization)(\\s*[:=]\\s*)\\S+");
  private static final Pattern USER_INFO = Pattern.compile("(https?://)[^/@\\s]+@");

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Remembers a secret, so that it is hidden wherever it turns up. */
  public String remember(String secret) {
    String plain = secret.strip();
    if (plain.length() >= SHORTEST) {
      known.add(plain);
    }
    return secret;
  }

  /** Whether one that is known stands in the text. */
  public boolean in(String text) {
    return known.stream().anyMatch(text::contains);
  }

  /** The text with everything hidden that is, or looks like, a secret. */
  public String scrub(String text) {
    String clean = text;
    for (String secret : known) {
      clean = clean.replace(secret, HIDDEN);
    }
    clean = BEARER.matcher(clean).replaceAll("$1 " + HIDDEN);
    clean = HEADER.matcher(clean).replaceAll("$1$2" + HIDDEN);
    return USER_INFO.matcher(clean).replaceAll("$1" + HIDDEN + "@");
  }
}
