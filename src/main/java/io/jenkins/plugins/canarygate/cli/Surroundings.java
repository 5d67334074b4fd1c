package io.jenkins.plugins.canarygate.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it; nothing else of the process is looked at.
 *
 * @param out standard output
 * @param err standard error
 * @param env the environment's variables
 * @param terminal what is known of the terminal
 * @param shutdown how it is told to stop
 * @param clock the wall clock
 * @param home the user's home folder, where a kubeconfig is looked for
 * @param user the user's name, for decisions made by hand
 */
public record Surroundings(
    PrintStream out,
    PrintStream err,
    Map<String, String> env,
    Terminal terminal,
    Shutdown shutdown,
    InstantSource clock,
    Path home,
    String user) {

  /** Those of this process, with a given output and environment. */
  public static Surroundings of(PrintStream out, PrintStream err, Map<String, String> env) {
    return new Surroundings(
        out,
        err,
        Map.copyOf(env),
        Terminal.NONE,
        Shutdown.NEVER,
        InstantSource.system(),
        Path.of(System.getProperty("user.home", ".")),
        System.getProperty("user.name", "unknown"));
  }

  /** Those of this process. */
  static Surroundings ofThisProcess() {
    Surroundings plain = of(System.out, System.err, System.getenv());
    return new Surroundings(
        plain.out(),
        plain.err(),
        plain.env(),
        Terminal.ofThisProcess(plain.env()),
        new Shutdown.OfThisProcess(),
        plain.clock(),
        plain.home(),
        plain.user());
  }

  /** A variable that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
  }

  /** Whether stack traces are wanted. */
  boolean debug() {
    return variable("CANARY_GATE_DEBUG").filter("1"::equals).isPresent();
  }

  /** Who decides by hand: the pipeline's user where there is one, otherwise the system's. */
  String person() {
    return variable("CANARY_GATE_USER")
        .or(() -> variable("GITLAB_USER_LOGIN"))
        .or(() -> variable("GITHUB_ACTOR"))
        .or(() -> variable("USER"))
        .or(() -> variable("LOGNAME"))
        .orElse(user);
  }
}
