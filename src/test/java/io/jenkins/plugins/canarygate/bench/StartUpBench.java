package io.jenkins.plugins.canarygate.bench;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.canarygate.cli.Main;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long the packaged command takes to start, with and without a class-data archive: {@code
 * StartUpBench ROUNDS FOLDER-WITH-JARS}. {@code version} is timed until it has ended, {@code check}
 * until its first request arrives at what it takes for Honeycomb.
 */
public final class StartUpBench {
  private static final String GATE =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: checkout}
      spec:
        rollout:
          argo: {namespace: shop, name: checkout}
          revision: any
        checks:
          - name: error rate
            honeycomb:
              dataset: checkout
              query: {calculations: [{op: AVG, column: error}]}
            fail: "> 1%"
            count: 1
      """;

  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final String classPath;
  private final Path folder;

  private StartUpBench(Path jars) throws IOException {
    folder = Files.createTempDirectory("canary-gate-start");
    Files.writeString(folder.resolve("gate.yaml"), GATE);
    try (Stream<Path> files = Files.list(jars)) {
      classPath =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .map(file -> file.toAbsolutePath().toString())
              .sorted()
              .collect(Collectors.joining(File.pathSeparator));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          arrivals.add(System.nanoTime());
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    StartUpBench bench = new StartUpBench(Path.of(args[1]));
    try {
      bench.run(Integer.parseInt(args[0]));
    } finally {
      bench.server.stop(0);
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Path archive = folder.resolve("classes.jsa");
    check("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off");
    String with = "-XX:SharedArchiveFile=" + archive;
    List<Double> plainVersion = new ArrayList<>();
    List<Double> plainCheck = new ArrayList<>();
    List<Double> sharedVersion = new ArrayList<>();
    List<Double> sharedCheck = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      plainVersion.add(version());
      sharedVersion.add(version(with));
      plainCheck.add(check());
      sharedCheck.add(check(with));
    }
    System.out.println("| command | number | min ms | p50 | p99 | max |");
    System.out.println("|---|---|---|---|---|---|");
    row("version, to its end", plainVersion);
    row("version, with an archive", sharedVersion);
    row("check, to its first request", plainCheck);
    row("check, with an archive", sharedCheck);
    System.out.println("the archive has " + Files.size(archive) / 1_000_000 + " MB");
  }

  private static void row(String what, List<Double> millis) {
    Spread values = Spread.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
    System.out.println("| " + what + " | " + values.cells() + " |");
  }

  private double version(String... options) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int code = start(options, "version").waitFor();
    if (code != 0) {
      throw new IOException("version exited " + code);
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  private double check(String... options) throws IOException, InterruptedException {
    arrivals.clear();
    long begin = System.nanoTime();
    Process process = start(options, "check", folder.resolve("gate.yaml").toString());
    Long first = arrivals.poll(60, TimeUnit.SECONDS);
    process.waitFor();
    if (first == null) {
      throw new IOException("check sent no request");
    }
    return (first - begin) / 1e6;
  }

  private Process start(String[] options, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(Child.java()));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HONEYCOMB_API_KEY", "hcaik_bench");
    builder
        .environment()
        .put("HONEYCOMB_API_URL", "http://127.0.0.1:" + server.getAddress().getPort());
    return builder.start();
  }
}
