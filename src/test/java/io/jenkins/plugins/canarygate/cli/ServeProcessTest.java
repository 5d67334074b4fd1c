package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only a process of its own can show of the gate server: signals, and which classes are
 * loaded.
 */
@Timeout(90)
class ServeProcessTest {
  @TempDir Path folder;
  private CommandBench bench;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
    bench.close();
  }

  private Process start(List<String> options, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(bench.env);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static BufferedReader said(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String await(BufferedReader said, String part) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(part)) {
        return line;
      }
    }
    throw new IOException("it ended without saying " + part);
  }

  private Process serve(String flagger) throws IOException {
    return start(
        List.of(), "serve", "--listen", "127.0.0.1:0", "--flagger-listen", flagger, "--drain", "0");
  }

  private static int ask(String flagger, GatedCanary canary) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(flagger + "/confirm-promotion"))
                .POST(HttpRequest.BodyPublishers.ofString(canary.body()))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void sigtermEndsItWithExitCode0() throws Exception {
    Process process = serve("127.0.0.1:0");
    BufferedReader said = said(process);
    await(said, "watching the Canaries");

    // Process.destroy would close its output as well.
    process.toHandle().destroy();

    await(said, "stopped");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void killedAtAnyMomentTheNextOneAnswersTheSameAtOnce() throws Exception {
    GatedCanary canary =
        GatedCanary.waiting(bench.cluster, "shop", "checkout").decide(Decision.Action.PROMOTE);
    Process first = serve("127.0.0.1:0");
    String url = await(said(first), "webhooks").replaceAll(".*listening at (\\S+) .*", "$1");
    assertThat(ask(url, canary)).isEqualTo(200);

    first.destroyForcibly().waitFor();

    Process second = serve("127.0.0.1:" + URI.create(url).getPort());
    await(said(second), "webhooks");
    assertThat(ask(url, canary)).isEqualTo(200);
    assertThat(bench.cluster.writes()).isEmpty();
  }

  @Test
  void otherCommandsLoadNoneOfItsClasses() throws Exception {
    Process process =
        start(List.of("-Xlog:class+load:stdout"), "run", folder.resolve("none.yaml").toString());
    List<String> loaded = said(process).lines().toList();

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(loaded)
        .anyMatch(line -> line.contains("canarygate.cli.ServeCommand"))
        .noneMatch(line -> line.contains("org.eclipse.jetty"))
        .noneMatch(line -> line.contains("io.prometheus"))
        .noneMatch(line -> line.contains("canarygate.server."));
  }
}
