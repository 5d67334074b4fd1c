package io.jenkins.plugins.canarygate.jenkins.gates;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A build that waits for one gate. */
final class MemoryBuild implements BuildSide {
  private final GateKey key;
  private volatile String job;
  private volatile Path folder;
  private final KeyRing keys;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final CompletableFuture<GateEnd> end = new CompletableFuture<>();
  volatile Standing standing = Standing.WAITING;
  volatile int ends;
  volatile GateEnd reported;

  /** The administrator's credentials that its gate uses. */
  final List<String> used = new CopyOnWriteArrayList<>();

  MemoryBuild(String job, int number, Path folder, KeyRing keys) {
    this.key = new GateKey(job + "#" + number, "7");
    this.job = job;
    this.folder = folder;
    this.keys = keys;
  }

  GateKey key() {
    return key;
  }

  /** Its job has another name from now on, and its folder lies elsewhere. */
  void moved(String toJob, Path toFolder) {
    job = toJob;
    folder = toFolder;
  }

  @Override
  public String job() {
    return job;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public KeyRing keys() {
    return keys;
  }

  @Override
  public void uses(String credentialsId) {
    used.add(credentialsId);
  }

  @Override
  public PrintStream log() {
    return log;
  }

  @Override
  public Standing standing() {
    return standing;
  }

  @Override
  public void begun() {}

  @Override
  public void reported(GateEnd how) {
    reported = how;
  }

  @Override
  public synchronized void ended(GateEnd how, boolean archive) {
    ends++;
    end.complete(how);
  }

  String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  boolean over() {
    return end.isDone();
  }

  /** How it ended; waits for that, at most 30 s. */
  GateEnd end() {
    try {
      return end.get(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the gate did not end:\n" + said(), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
