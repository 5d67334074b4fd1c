package io.jenkins.plugins.canarygate.evidence;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that somebody probably meant. */
public final class NearestWord {
  /** Longer words are compared by their beginning only. */
  private static final int LONGEST = 80;

  private NearestWord() {}

  /** The known word nearest to {@code word}; empty if none is near. */
  public static Optional<String> to(String word, Collection<String> known) {
    String ours = plain(word);
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(ours, plain(candidate))))
        .filter(best -> distance(ours, plain(best)) <= Math.max(1, Math.min(4, best.length() / 2)))
        .filter(best -> !ours.isEmpty());
  }

  /** {@code ; did you mean 'x'?}, or nothing where no known word is near. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(best -> "; did you mean '" + best + "'?").orElse("");
  }

  private static String plain(String word) {
    return word.substring(0, Math.min(LONGEST, word.length())).toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
