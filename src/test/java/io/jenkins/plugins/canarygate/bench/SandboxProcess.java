package io.jenkins.plugins.canarygate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.Fleet;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.http.Request;
import io.jenkins.plugins.canarygate.sandbox.kube.Change;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The simulated cluster as a process of its own, with a stopwatch. It is told what to do line by
 * line on its standard input and answers each line with one of JSON.
 *
 * <p>The stopwatch of a rollout starts when the change that brings it to the pause of step {@value
 * #POINT} is committed, right before it is put on the watches, and stops when the first patch of
 * its status arrives: both on this process's clock.
 */
public final class SandboxProcess {
  /** The second indefinite pause of the fleet's rollouts: what the gates wait for. */
  static final int POINT = 3;

  private final SandboxCluster cluster = new SandboxCluster(InstantSource.system());
  private final Map<String, Long> reached = new ConcurrentHashMap<>();
  private final Map<String, Long> asked = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> watches = new ConcurrentHashMap<>();
  private final ScheduledExecutorService controller =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sandbox-events");
            thread.setDaemon(true);
            return thread;
          });

  private SandboxProcess() {
    cluster.recordRequests(false);
    cluster.store().listen(this::changed);
    cluster.onRequest(this::arrived);
    controller.scheduleWithFixedDelay(cluster::tick, 200, 200, TimeUnit.MILLISECONDS);
  }

  public static void main(String[] args) throws IOException {
    SandboxProcess process = new SandboxProcess();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(process.carryOut(line.split(" ")));
    }
    process.controller.shutdownNow();
    process.cluster.close();
  }

  private void changed(Change change) {
    if (!change.after().key().resource().equals(Resource.ROLLOUTS)) {
      return;
    }
    String path = change.after().key().namespace() + "/" + change.after().key().name();
    if (!reached.containsKey(path) && atThePoint(change.after().tree())) {
      reached.put(path, System.nanoTime());
    }
  }

  private static boolean atThePoint(JsonNode rollout) {
    JsonNode status = rollout.path("status");
    return status.path("currentStepIndex").asInt() == POINT
        && !status.path("pauseConditions").isEmpty();
  }

  private void arrived(Call call, Request request) {
    long now = System.nanoTime();
    calls.computeIfAbsent(call.name(), none -> new LongAdder()).increment();
    String[] parts = request.parts();
    if (call == Call.WATCH) {
      // apis/GROUP/VERSION/namespaces/NAMESPACE/KIND
      String scope = request.query().containsKey("fieldSelector") ? "one object" : "namespace";
      watches
          .computeIfAbsent(parts[4] + " " + parts[5] + ", " + scope, none -> new LongAdder())
          .increment();
    } else if (call == Call.PATCH_STATUS) {
      asked.putIfAbsent(parts[4] + "/" + parts[6], now);
    }
  }

  private String carryOut(String[] words) {
    return switch (words[0]) {
      case "url" ->
          Json.object().put("url", cluster.url()).put("token", cluster.token()).toString();
      case "fleet" -> {
        new Fleet(cluster).create(words[1], number(words[2]), number(words[3]));
        yield "{}";
      }
      case "promote" -> promote(words[1], number(words[2]), number(words[3]), number(words[4]));
      case "latencies" -> latencies(words[1]).toString();
      case "stats" -> stats().toString();
      case "bookmarks" -> {
        // The server sees that nobody listens any more when it has something to say.
        cluster.sendBookmarks();
        yield "{}";
      }
      case "reset" -> {
        calls.clear();
        yield "{}";
      }
      default -> throw new IllegalArgumentException("unknown command " + words[0]);
    };
  }

  private static int number(String word) {
    return Integer.parseInt(word);
  }

  /**
   * People promote rollouts from their first pause, on the way to the second: numbers {@code from}
   * to {@code to}, counted through the namespaces. Returns at once.
   *
   * @param perSecond 0 for as fast as it goes
   */
  private String promote(String prefix, int from, int to, int perSecond) {
    int namespaces = namespaces(prefix);
    for (int i = from; i < to; i++) {
      long due = perSecond == 0 ? 0 : (i - from) * TimeUnit.SECONDS.toNanos(1) / perSecond;
      String namespace = prefix + "-" + i % namespaces;
      String name = "app-" + i / namespaces;
      controller.schedule(
          () -> cluster.existing(namespace, name).promoteByPerson(), due, TimeUnit.NANOSECONDS);
    }
    return "{}";
  }

  private int namespaces(String prefix) {
    return (int)
        cluster.store().all(Resource.ROLLOUTS).stream()
            .map(rollout -> rollout.key().namespace())
            .filter(namespace -> namespace.startsWith(prefix + "-"))
            .distinct()
            .count();
  }

  /** Microseconds from reaching the point to the patch, of all rollouts so far, then forgotten. */
  private ObjectNode latencies(String prefix) {
    ObjectNode answer = Json.object();
    ArrayNode micros = answer.putArray("micros");
    int open = 0;
    for (Map.Entry<String, Long> entry : reached.entrySet()) {
      if (!entry.getKey().startsWith(prefix + "-") || entry.getValue() == Long.MIN_VALUE) {
        continue;
      }
      Long patch = asked.get(entry.getKey());
      if (patch == null) {
        open++;
      } else {
        micros.add((patch - entry.getValue()) / 1000);
        entry.setValue(Long.MIN_VALUE);
      }
    }
    return answer.put("open", open);
  }

  private ObjectNode stats() {
    ObjectNode answer = Json.object();
    ObjectNode byCall = answer.putObject("calls");
    new TreeMap<>(calls).forEach((call, number) -> byCall.put(call, number.sum()));
    ObjectNode byPlace = answer.putObject("watches");
    new TreeMap<>(watches).forEach((place, number) -> byPlace.put(place, number.sum()));
    return answer.put("openWatches", cluster.openWatches());
  }
}
