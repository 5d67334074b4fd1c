package io.jenkins.plugins.canarygate.gatefile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression for what others hand in. Java's may need time that grows without bound with
 * the length of a text, as {@code (a+)+b} does; here a text that takes too many steps does not
 * match.
 */
final class BoundedPattern {
  /** As a DNS name; nothing that anybody could mean is longer. */
  static final int LONGEST_TEXT = 253;

  private static final int LONGEST = 200;

  /** A pattern without such growth looks at each character a few times. */
  private static final int MOST_STEPS = 20_000;

  private static final Pattern LARGE_REPEAT = Pattern.compile("\\{\\d{4,}|,\\d{4,}\\}");

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** What is wrong with a pattern; empty if it can be used. */
  static Optional<String> problem(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.of("must be a regular expression of 1 to " + LONGEST + " characters");
    }
    if (LARGE_REPEAT.matcher(text).find()) {
      return Optional.of(
          "repeats more than 999 times: values have " + LONGEST_TEXT + " characters");
    }
    try {
      Pattern.compile(text);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      String why = e.getDescription() == null ? "" : " (" + e.getDescription() + ")";
      return Optional.of("is no regular expression" + why);
    } catch (StackOverflowError | OutOfMemoryError tooDeep) {
      return Optional.of("is no regular expression that could be used: write a simpler one");
    }
  }

  /**
   * @throws IllegalArgumentException where {@link #problem} finds one
   */
  static BoundedPattern of(String text) {
    problem(text)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return new BoundedPattern(Pattern.compile(text));
  }

  /** Whether the whole text matches, as far as that shows within reasonable work. */
  boolean matches(String text) {
    if (text.length() > LONGEST_TEXT) {
      return false;
    }
    Matcher matcher = pattern.matcher(new Counted(text, new int[] {MOST_STEPS}));
    try {
      return matcher.matches();
    } catch (TooManySteps | StackOverflowError e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return pattern.pattern();
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super(null, null, false, false);
    }
  }

  /** A text that can be looked at only so often. */
  private record Counted(CharSequence text, int[] left) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
