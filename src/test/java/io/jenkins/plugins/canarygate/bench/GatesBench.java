package io.jenkins.plugins.canarygate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/**
 * Many gates in one process against a simulated cluster in another, and polling loops beside them:
 * {@code GatesBench GATES NAMESPACES HEAP IDLE-SECONDS SPREAD PER-SECOND BURST LOOPS}.
 *
 * <p>SPREAD gates see their event one after the other, PER-SECOND of them in a second; BURST others
 * all at once; as many LOOPS poll the same cluster and see theirs spread over five seconds. Prints
 * rows of Markdown tables.
 */
public final class GatesBench {
  private static final int WARM_UP = 400;

  private final PrintStream out = System.out;
  private final int gatesWanted;
  private final int namespaces;
  private final String heap;
  private final int idleSeconds;
  private final int spread;
  private final int perSecond;
  private final int burst;
  private final int loops;

  private GatesBench(String[] args) {
    gatesWanted = Integer.parseInt(args[0]);
    namespaces = Integer.parseInt(args[1]);
    heap = args[2];
    idleSeconds = Integer.parseInt(args[3]);
    spread = Integer.parseInt(args[4]);
    perSecond = Integer.parseInt(args[5]);
    burst = Integer.parseInt(args[6]);
    loops = Integer.parseInt(args[7]);
  }

  public static void main(String[] args) throws IOException {
    new GatesBench(args).run();
  }

  private void run() throws IOException {
    int events = spread + burst == 0 ? 0 : WARM_UP + spread + burst;
    try (Child sandbox = new Child(List.of("-Xmx2g"), SandboxProcess.class)) {
      JsonNode where = sandbox.tell("url");
      String url = where.path("url").asText();
      String token = where.path("token").asText();
      sandbox.tell("fleet", "bench", namespaces, gatesWanted / namespaces);
      // The gates that see events are additional ones, so that as many wait all the time.
      int more = (events + namespaces - 1) / namespaces;
      sandbox.tell("fleet", "event", namespaces, more);
      sandbox.tell("fleet", "poll", namespaces, loops / namespaces);
      try (Child gates = new Child(List.of("-Xmx" + heap), GatesProcess.class, url, token);
          PollingLoops polling = new PollingLoops(url, token)) {
        waiting(sandbox, gates);
        if (events > 0) {
          gates.tell("start", "event", namespaces, more);
          awaitLooks(gates);
          polling.start("poll", namespaces, loops / namespaces);
          latencies(sandbox, gates, polling);
        }
        JsonNode state = gates.tell("state");
        out.println("surprises: " + state.path("surprises"));
      }
    }
  }

  private void waiting(Child sandbox, Child gates) throws IOException {
    // One gate loads every class there is to load; what it leaves behind is nobody's cost.
    sandbox.tell("fleet", "first", 1, 1);
    gates.tell("start", "first", 1, 1);
    awaitLooks(gates);
    JsonNode empty = gates.tell("collect");
    long begin = System.nanoTime();
    gates.tell("start", "bench", namespaces, gatesWanted / namespaces);
    awaitLooks(gates);
    double startSeconds = seconds(begin);
    // What starting so many has left to do is over by then.
    pause(5);
    JsonNode before = gates.tell("collect");
    sandbox.tell("reset");
    begin = System.nanoTime();
    pause(idleSeconds);
    JsonNode after = gates.tell("state");
    double idle = seconds(begin);
    JsonNode calls = sandbox.tell("stats");
    sandbox.tell("bookmarks");
    pause(1);
    sandbox.tell("bookmarks");
    pause(1);
    JsonNode stats = sandbox.tell("stats");
    JsonNode live = gates.tell("collect");
    long number = live.path("started").asLong() - 1;
    double each = (heap(live) - heap(empty)) / number;
    double cpu = after.path("cpuMillis").asDouble() - before.path("cpuMillis").asDouble();
    int threads = 0;
    for (JsonNode count : live.path("threads")) {
      threads += count.asInt();
    }
    out.println(
        "| gates | -Xmx | live heap MB | kB each | resident MB | threads | watches open"
            + " | started in s | requests/s | CPU ms each a minute |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    out.printf(
        Locale.ROOT,
        "| %,d | %s | %.1f | %.2f | %.0f | %d | %d | %.0f | %.1f | %.2f |%n",
        number,
        heap,
        heap(live) / 1e6,
        each / 1e3,
        live.path("residentKilobytes").asDouble() / 1e3,
        threads,
        stats.path("openWatches").asInt(),
        startSeconds,
        requests(calls) / idle,
        cpu / number / idle * 60);
    out.println("threads: " + live.path("threads"));
    out.println("threads with the JVM's own: " + live.path("allThreads"));
    out.println("watches opened: " + stats.path("watches"));
    out.println("requests while waiting " + (int) idle + " s: " + calls.path("calls"));
    out.printf(Locale.ROOT, "empty heap %.1f MB%n", heap(empty) / 1e6);
  }

  private void latencies(Child sandbox, Child gates, PollingLoops polling) throws IOException {
    sandbox.tell("promote", "event", 0, WARM_UP, 20);
    List<Double> warm = collect(sandbox, "event", WARM_UP);
    out.println();
    out.println("| events of | number | min ms | p50 | p99 | max |");
    out.println("|---|---|---|---|---|---|");
    row("gates, the first " + WARM_UP + " after the start", warm);
    sandbox.tell("reset");
    // Each loop's event comes while the gates' do, at another moment of its five seconds.
    sandbox.tell("promote", "poll", 0, loops, Math.max(1, loops / 5));
    sandbox.tell("promote", "event", WARM_UP, WARM_UP + spread, perSecond);
    row("gates, " + perSecond + " a second", collect(sandbox, "event", spread));
    row("polling loops of 5 s", collect(sandbox, "poll", loops));
    out.println("| (a bare request of a polling loop) | " + polling.roundTrips().cells() + " |");
    if (burst > 0) {
      sandbox.tell("promote", "event", WARM_UP + spread, WARM_UP + spread + burst, 0);
      row("gates, " + burst + " at once", collect(sandbox, "event", burst));
    }
    out.println("requests meanwhile: " + sandbox.tell("stats").path("calls"));
  }

  private void row(String what, List<Double> millis) {
    Spread values = Spread.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
    out.println("| " + what + " | " + values.cells() + " |");
  }

  /** Waits until so many rollouts have been promoted since the last time. */
  private static List<Double> collect(Child sandbox, String prefix, int number) throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int wait = 0; wait < 300 && millis.size() < number; wait++) {
      pause(1);
      StreamSupport.stream(sandbox.tell("latencies", prefix).path("micros").spliterator(), false)
          .forEach(micros -> millis.add(micros.asDouble() / 1000));
    }
    if (millis.size() < number) {
      throw new IOException("only " + millis.size() + " of " + number + " were promoted");
    }
    return millis;
  }

  private static void awaitLooks(Child gates) throws IOException {
    JsonNode state = gates.tell("state");
    for (int wait = 0; wait < 4800; wait++) {
      if (state.path("looked").asLong() >= state.path("started").asLong()) {
        return;
      }
      pause(0.25);
      state = gates.tell("state");
    }
    throw new IOException("not all gates have seen their rollout: " + state);
  }

  private static double heap(JsonNode state) {
    return state.path("heapBytes").asDouble();
  }

  private static double requests(JsonNode stats) {
    double all = 0;
    for (JsonNode number : stats.path("calls")) {
      all += number.asDouble();
    }
    return all;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  // A benchmark measures what happens while time passes, so it lets time pass.
  private static void pause(double seconds) {
    long end = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    for (long left = seconds == 0 ? 0 : end - System.nanoTime();
        left > 0;
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
