package io.jenkins.plugins.canarygate.jenkins.symbol;

import io.jenkins.plugins.canarygate.evidence.NearestWord;
import java.util.Collection;

/**
 * The names of arguments in a Jenkinsfile. Pipeline itself only warns of one that it does not know,
 * and goes on without it: of a gate that would be something other than what was written.
 */
public final class ArgumentNames {
  private ArgumentNames() {}

  /**
   * Sees to it that all are known.
   *
   * @param function the step or symbol
   * @throws IllegalArgumentException if one is not; the message names it, and the nearest known one
   */
  public static void check(String function, Collection<String> given, Collection<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        String hint = NearestWord.hint(name, known);
        throw new IllegalArgumentException(
            function
                + " takes no '"
                + name
                + "'"
                + (hint.isEmpty() ? "; it takes " + String.join(", ", known) : hint));
      }
    }
  }

  /** Why something could not be made of its arguments, without the arguments themselves. */
  public static String why(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    return message.replaceAll("\\b(class )?(?:[a-z0-9]+\\.)+(?=[A-Z])", "");
  }
}
