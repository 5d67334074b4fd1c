package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.cli.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The command in a process of its own, as a pipeline starts it. */
final class ChildGate implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final StringBuffer out = new StringBuffer();
  private final StringBuffer err = new StringBuffer();
  private final List<Thread> readers = new ArrayList<>();

  private ChildGate(Process process) {
    this.process = process;
  }

  /** Starts it; what it says is read as it comes. */
  static ChildGate start(Map<String, String> env, Object... args) {
    ChildGate child = new ChildGate(begin(env, null, args));
    child.read(child.process.getInputStream(), child.out);
    child.read(child.process.getErrorStream(), child.err);
    return child;
  }

  /** Starts it with a standard output that nobody reads any more. */
  static ChildGate startUnheard(Map<String, String> env, Object... args) {
    ChildGate child = new ChildGate(begin(env, null, args));
    try {
      child.process.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    child.read(child.process.getErrorStream(), child.err);
    return child;
  }

  /** Starts it with its standard output in a file. */
  static ChildGate startInto(Path file, Map<String, String> env, Object... args) {
    ChildGate child = new ChildGate(begin(env, file.toFile(), args));
    child.read(child.process.getErrorStream(), child.err);
    return child;
  }

  private static Process begin(Map<String, String> env, File out, Object... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    for (Object arg : args) {
      command.add(arg.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(HONEYCOMB|KUBE|CANARY).*"));
    builder.environment().putAll(env);
    if (out != null) {
      builder.redirectOutput(out);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(InputStream from, StringBuffer to) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                lines.lines().forEach(line -> to.append(line).append('\n'));
              } catch (IOException | UncheckedIOException killed) {
                // Its process has ended.
              }
            });
    thread.setDaemon(true);
    thread.start();
    readers.add(thread);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** As the kernel's out-of-memory killer does it: nothing can be done any more. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /**
   * Sends a signal.
   *
   * @param name as TERM
   */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int exitCode() {
    return exitCode(PATIENCE);
  }

  int exitCode(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it has not ended within " + within + ": " + out + err);
      }
      for (Thread reader : readers) {
        reader.join(5000);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until something has come about while it runs. */
  void until(BooleanSupplier condition) {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new AssertionError("it did not come about: " + out + err);
        }
        never.await(20, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
