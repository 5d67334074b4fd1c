package io.jenkins.plugins.canarygate.sandbox;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The real Prometheus of this machine's {@code PATH} (Debian's package {@code prometheus}), as a
 * process that ends with the test, on a free port of 127.0.0.1.
 */
public final class RealPrometheus implements AutoCloseable {
  private static final int ATTEMPTS = 300;

  private final Process process;
  private final String url;

  private RealPrometheus(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Skips the test where there is none, unless {@code -Dprometheus.required=true} says that there
   * must be one.
   */
  public static void assumeInstalled() {
    if (!Boolean.getBoolean("prometheus.required")) {
      Assumptions.assumeTrue(
          binary().isPresent(),
          "skipped: no 'prometheus' on the PATH; .ci/prometheus installs Debian's package");
    }
  }

  private static Optional<Path> binary() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param folder for its files
   * @param interval how often it scrapes, as {@code 1s}
   * @param webConfig what its {@code --web.config.file} says; empty for none
   * @param target what it scrapes, host and port
   */
  public static RealPrometheus start(
      Path folder, String interval, Optional<String> webConfig, String target)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: %s, scrape_timeout: %s}
            scrape_configs:
            - job_name: sandbox
              static_configs: [{targets: ["%s"]}]
            """
                .formatted(interval, interval, target));
    List<String> command = new ArrayList<>();
    command.add(binary().orElseThrow().toString());
    command.add("--config.file=" + config);
    command.add("--storage.tsdb.path=" + folder.resolve("data"));
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.add("--log.level=error");
    if (webConfig.isPresent()) {
      Path web = Files.writeString(folder.resolve("web.yml"), webConfig.get());
      command.add("--web.config.file=" + web);
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    RealPrometheus started = new RealPrometheus(process, "http://127.0.0.1:" + port);
    try {
      started.awaitReady(folder.resolve("prometheus.log"));
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      started.close();
      throw e;
    }
    return started;
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready = HttpRequest.newBuilder(URI.create(url + "/-/ready")).build();
    for (int i = 0; i < ATTEMPTS; i++) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        break;
      }
      try {
        int status = http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status == 200 || status == 401) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
    }
    throw new AssertionError("Prometheus did not start: " + Files.readString(log));
  }

  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
