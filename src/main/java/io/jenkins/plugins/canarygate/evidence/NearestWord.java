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

  /** Levenshtein's distance, with two neighbours that changed places as one step. */
  private static int distance(String one, String other) {
    int[][] steps = new int[one.length() + 1][other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      steps[0][j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      steps[i][0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = steps[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(steps[i][j - 1], steps[i - 1][j]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        steps[i][j] = swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
      }
    }
    return steps[one.length()][other.length()];
  }
}
