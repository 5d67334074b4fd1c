package io.jenkins.plugins.canarygate.baddays;

import io.jenkins.plugins.canarygate.cli.Main;
import io.jenkins.plugins.canarygate.cli.Shutdown;
import io.jenkins.plugins.canarygate.cli.Surroundings;
import io.jenkins.plugins.canarygate.cli.Terminal;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where a bad day happens: a cluster, a Honeycomb, a folder, and a canary waiting at its pause. */
final class Place implements AutoCloseable {
  static final String IMAGE = "registry.example/checkout:2";
  private static final Duration WAITING_SINCE = Duration.ofMinutes(10);

  final Sandbox sandbox = new Sandbox(InstantSource.system());
  final Map<String, String> env = new HashMap<>();
  final Path folder;
  final SandboxRollout rollout;
  private final List<Runnable> closing = new ArrayList<>();

  Place() throws IOException {
    folder = Files.createTempDirectory("bad-day");
    Instant since = Instant.now().minus(WAITING_SINCE);
    rollout = sandbox.waiting("shop", "checkout", since, 0.001, 0.001);
    write("gate.yaml", Gates.USUAL);
    write("kubeconfig", kubeconfig(sandbox.cluster().url(), sandbox.cluster().token()));
    env.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    env.put("HONEYCOMB_API_URL", sandbox.honeycomb().url());
    env.put("HONEYCOMB_API_KEY", sandbox.honeycomb().key());
  }

  static String kubeconfig(String server, String token) {
    return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: here, context: {cluster: sandbox, user: ci}}
        clusters:
        - {name: sandbox, cluster: {server: "%s"}}
        users:
        - {name: ci, user: {token: %s}}
        """
        .formatted(server, token);
  }

  Place write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Place write(String name, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cluster is somewhere else. */
  Place server(String url) {
    return write("kubeconfig", kubeconfig(url, "a-token-of-nobody"));
  }

  /** An address of this machine where nobody listens. */
  static String nobodyListens() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What else ends with the day. */
  void onClose(Runnable end) {
    closing.add(end);
  }

  /** Runs a command on the gate file; {@code FOLDER} in a word is this folder. */
  Said run(String line) {
    String[] words =
        Stream.of(line.split(" "))
            .map(word -> word.replace("FOLDER", folder.toString()))
            .toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Instant begun = Instant.now();
    int code =
        Main.run(
            words,
            new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.copyOf(env),
                Terminal.NONE,
                Shutdown.NEVER,
                InstantSource.system(),
                folder.resolve("home"),
                "tester"));
    return new Said(
        code,
        out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8),
        sandbox.cluster().requests().size() + sandbox.honeycomb().requests().size(),
        sandbox.cluster().writes().size(),
        Duration.between(begun, Instant.now()));
  }

  @Override
  public void close() throws IOException {
    closing.forEach(Runnable::run);
    sandbox.close();
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
