package io.jenkins.plugins.canarygate.cli;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code canary-gate serve} as its users start it: by its flags, on real ports, until it is told to
 * stop.
 */
final class ServeBench implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("listening at (\\S+)");

  /** What the process is told to stop by, and the exit code it halts with. */
  private static final class Stop implements Shutdown {
    private final CompletableFuture<Runnable> task = new CompletableFuture<>();
    private final CompletableFuture<Integer> halted = new CompletableFuture<>();

    @Override
    public Registration onStop(Runnable run) {
      task.complete(run);
      return () -> {};
    }

    @Override
    public void halt(int exitCode) {
      halted.complete(exitCode);
    }
  }

  final List<String> said = new ArrayList<>();
  final String gate;
  final String flagger;
  private final Stop stop = new Stop();
  private final CompletableFuture<Integer> returned = new CompletableFuture<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ServeBench(Path folder, Map<String, String> env, InstantSource clock, List<String> args) {
    PipedInputStream lines = new PipedInputStream(1 << 16);
    PrintStream out;
    try {
      out = new PrintStream(new PipedOutputStream(lines), true, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Surroundings plain = Surroundings.of(out, out, env);
    Surroundings here =
        new Surroundings(
            out, out, env, plain.terminal(), stop, clock, folder.resolve("nobody"), "tester");
    Thread thread =
        new Thread(() -> returned.complete(Main.run(args.toArray(String[]::new), here)), "serve");
    thread.setDaemon(true);
    thread.start();
    Scanner reader = new Scanner(lines, StandardCharsets.UTF_8);
    gate = url(reader);
    flagger = url(reader);
    Thread log = new Thread(() -> read(reader), "serve-log");
    log.setDaemon(true);
    log.start();
  }

  /** Starts it, and waits until it listens. */
  static ServeBench start(Path folder, Map<String, String> env, String... more) {
    return start(folder, env, InstantSource.system(), more);
  }

  /** The same, with a wall clock that a test can set. */
  static ServeBench start(
      Path folder, Map<String, String> env, InstantSource clock, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--flagger-listen",
                "127.0.0.1:0",
                "--drain",
                "0"));
    args.addAll(List.of(more));
    return new ServeBench(folder, env, clock, args);
  }

  /** A token as the token file has it. */
  static String hash(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String url(Scanner reader) {
    while (reader.hasNextLine()) {
      String line = reader.nextLine();
      said(line);
      Matcher matcher = URL.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new IllegalStateException("it did not start: " + said);
  }

  private void read(Scanner reader) {
    while (reader.hasNextLine()) {
      said(reader.nextLine());
    }
  }

  private void said(String line) {
    synchronized (said) {
      said.add(line);
      said.notifyAll();
    }
  }

  /** Waits for a line. */
  String awaitLine(String part) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    synchronized (said) {
      while (true) {
        for (String line : said) {
          if (line.contains(part)) {
            return line;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("nobody said '" + part + "' but " + said);
        }
        said.wait(left);
      }
    }
  }

  /** Asks until it is answered so: a watch lags a little behind. */
  HttpResponse<String> awaitAnswer(Callable<HttpResponse<String>> ask, int status)
      throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    HttpResponse<String> answer = ask.call();
    while (answer.statusCode() != status) {
      if (System.nanoTime() > until) {
        throw new AssertionError("still " + answer.statusCode() + ": " + answer.body());
      }
      answer = ask.call();
    }
    return answer;
  }

  HttpResponse<String> get(String url) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Asks with a token. */
  HttpResponse<String> get(String url, String token) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks with a token and a body. */
  HttpResponse<String> post(String url, String token, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String url, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Tells the process to stop, as SIGTERM does; completes with the exit code. */
  CompletableFuture<Integer> terminate() {
    Thread hook = new Thread(() -> stop.task.join().run(), "serve-stop");
    hook.setDaemon(true);
    hook.start();
    return stop.halted;
  }

  @Override
  public void close() {
    terminate().orTimeout(20, TimeUnit.SECONDS).join();
    returned.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
