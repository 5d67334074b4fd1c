package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.cli.Main;
import io.jenkins.plugins.canarygate.cli.Shutdown;
import io.jenkins.plugins.canarygate.cli.Surroundings;
import io.jenkins.plugins.canarygate.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands that hold planted secrets, and searches everything that they leave behind. */
final class SecretBench {
  final Planted planted = new Planted();
  final String key = planted.plant("honeycomb");
  final String token = planted.plant("token");
  final String password = planted.plant("password");
  final Map<String, String> env = new HashMap<>();
  private final Path given;
  private final Path left;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /**
   * @param folder for what is given to the commands, and for what they leave
   */
  SecretBench(Path folder) {
    try {
      given = Files.createDirectories(folder.resolve("given"));
      left = Files.createDirectories(folder.resolve("left"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    env.put("HONEYCOMB_API_KEY", key);
    env.put("CANARY_GATE_DEBUG", "1");
  }

  /** A file that is given to a command: it may hold secrets. */
  Path given(String name, String text) {
    try {
      return Files.writeString(given.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A place for what a command leaves: it may hold none. */
  Path left(String name) {
    return left.resolve(name);
  }

  /** A Prometheus, and the token, or name and password, that are sent to it. */
  List<String> prometheus(String url, boolean withPassword) {
    env.put("PROMETHEUS_URL", url);
    planted.plant("name and password of Prometheus", "prom:" + password);
    String secret = given("prometheus", (withPassword ? password : token) + "\n").toString();
    return withPassword
        ? List.of("--prometheus-username", "prom", "--prometheus-password-file", secret)
        : List.of("--prometheus-bearer-token-file", secret);
  }

  /** A cluster, and the token that is sent to it. */
  void cluster(String url, String bearer) {
    kubeconfig(url, "{token: \"" + bearer + "\"}");
  }

  /** A cluster, and the name and password that are sent to it. */
  void clusterWithPassword(String url) {
    kubeconfig(url, "{username: ci, password: \"" + password + "\"}");
    planted.plant("name and password", "ci:" + password);
  }

  private void kubeconfig(String url, String user) {
    Path file =
        given(
            "kubeconfig",
            """
            apiVersion: v1
            kind: Config
            current-context: here
            contexts:
            - {name: here, context: {cluster: there, user: ci}}
            clusters:
            - {name: there, cluster: {server: "%s"}}
            users:
            - {name: ci, user: %s}
            """
                .formatted(url, user));
    env.put("KUBECONFIG", file.toString());
  }

  int run(Object... args) {
    return run(Shutdown.NEVER, args);
  }

  int run(Shutdown shutdown, Object... args) {
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Main.run(
        words.toArray(String[]::new),
        new Surroundings(
            toOut,
            toErr,
            Map.copyOf(env),
            Terminal.NONE,
            shutdown,
            InstantSource.system(),
            left.resolve("nobody"),
            "tester"));
  }

  String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  List<String> leaks() {
    List<String> leaks = new ArrayList<>();
    leaks.addAll(planted.in("standard output", out.toString(StandardCharsets.UTF_8)));
    leaks.addAll(planted.in("standard error", err.toString(StandardCharsets.UTF_8)));
    leaks.addAll(planted.below(left));
    Thread.getAllStackTraces()
        .keySet()
        .forEach(thread -> leaks.addAll(planted.in("the name of a thread", thread.getName())));
    return leaks;
  }

  void nothingLeft() {
    assertThat(leaks()).isEmpty();
  }
}
