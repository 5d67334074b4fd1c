package io.jenkins.plugins.canarygate.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What is known of the terminal.
 *
 * @param live whether lines can be drawn again in place
 * @param colour whether colours are welcome
 * @param width how many characters fit on a line now
 */
public record Terminal(boolean live, boolean colour, IntSupplier width) {
  private static final int USUAL_WIDTH = 80;

  /** No terminal: a file, a pipe, a CI system's log. */
  public static final Terminal NONE = new Terminal(false, false, () -> USUAL_WIDTH);

  /** The terminal of this process, if standard input and output both are one. */
  static Terminal ofThisProcess(Map<String, String> env) {
    return of(env, isTerminal(System.console()), () -> widthNow(env));
  }

  /** What the environment leaves of a terminal. */
  static Terminal of(Map<String, String> env, boolean present, IntSupplier width) {
    String term = env.getOrDefault("TERM", "dumb");
    String ci = env.getOrDefault("CI", "");
    boolean live =
        present
            && !term.equals("dumb")
            && !term.isBlank()
            && (ci.isBlank() || ci.equalsIgnoreCase("false"));
    return new Terminal(live, live && env.getOrDefault("NO_COLOR", "").isEmpty(), width);
  }

  /** From Java 22 on there is a console without a terminal too; it can be asked which it is. */
  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static int widthNow(Map<String, String> env) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      stty.waitFor(1, TimeUnit.SECONDS);
      int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
      return columns > 0 ? columns : USUAL_WIDTH;
    } catch (IOException | NumberFormatException e) {
      return columns(env);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return columns(env);
    }
  }

  private static int columns(Map<String, String> env) {
    try {
      return Math.max(20, Integer.parseInt(env.getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }
}
