package io.jenkins.plugins.canarygate.bench;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombAnswers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombGate;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSource;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.sandbox.SandboxHoneycomb;
import io.jenkins.plugins.canarygate.sandbox.VirtualClock;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;

/**
 * What so many checks of one dataset over one window cost at Honeycomb: a gate's source measures
 * them against a simulated Honeycomb that counts. {@code HoneycombCalls NUMBER…}.
 */
public final class HoneycombCalls {
  private HoneycombCalls() {}

  public static void main(String[] args) throws GateFileException {
    System.out.println("| checks | queries made | results (quota) | polls of the result |");
    System.out.println("|---|---|---|---|");
    for (String arg : args) {
      Map<Call, Integer> calls = measured(Integer.parseInt(arg));
      System.out.println(
          "| "
              + arg
              + " | "
              + calls.getOrDefault(Call.CREATE_QUERY, 0)
              + " | "
              + calls.getOrDefault(Call.CREATE_RESULT, 0)
              + " | "
              + calls.getOrDefault(Call.GET_RESULT, 0)
              + " |");
    }
  }

  /** What was asked of Honeycomb until every check had its value. */
  static Map<Call, Integer> measured(int number) throws GateFileException {
    // On the minute, so that the window is whole at once.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    VirtualClock clock = new VirtualClock(now);
    OkHttpClient connections = HoneycombClient.connections();
    try (SandboxHoneycomb honeycomb = new SandboxHoneycomb(clock)) {
      Instant since = now.minus(Duration.ofHours(1));
      honeycomb.dataset("checkout").service("rs", "checkout-new", since).perMinute(120);
      honeycomb.dataset("checkout").service("rs", "checkout-old", since).perMinute(480);
      measure(honeycomb, connections, gate(number), clock);
      Map<Call, Integer> calls = new EnumMap<>(Call.class);
      for (RecordedRequest request : honeycomb.requests()) {
        calls.merge(request.call(), 1, Integer::sum);
      }
      return calls;
    } finally {
      connections.dispatcher().executorService().shutdown();
      connections.connectionPool().evictAll();
    }
  }

  private static void measure(
      SandboxHoneycomb honeycomb,
      OkHttpClient connections,
      HoneycombGate gate,
      VirtualClock clock) {
    Instant now = clock.instant();
    HoneycombSource source =
        new HoneycombSource(
            new HoneycombClient(connections, honeycomb.url(), honeycomb::key, clock),
            new HoneycombQuota(10),
            new HoneycombAnswers(),
            gate);
    Window window = new Window(now.minus(Duration.ofMinutes(7)), now.minus(Duration.ofMinutes(2)));
    Map<String, Reading> waiting = new HashMap<>();
    gate.sections().keySet().forEach(check -> waiting.put(check, null));
    for (int round = 0; round < 100 && !waiting.isEmpty(); round++) {
      List<EvidenceRequest> requests = new ArrayList<>();
      waiting.forEach(
          (check, before) ->
              requests.add(new EvidenceRequest(check, Optional.of(window), now, ticket(before))));
      EvidenceContext context =
          new EvidenceContext(
              clock.instant(),
              Optional.of(now.minus(Duration.ofHours(1))),
              Map.of(
                  Cohort.CANARY, new CohortNames("new", "new"),
                  Cohort.STABLE, new CohortNames("old", "old")),
              com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());
      source.measure(requests, context).forEach((check, reading) -> take(waiting, check, reading));
      // As the engine does: asked again when the source said so, on a clock that is told to go on.
      waiting.values().stream()
          .filter(Reading.NotYet.class::isInstance)
          .map(reading -> ((Reading.NotYet) reading).lookAgain())
          .min(Comparator.naturalOrder())
          .ifPresent(clock::advance);
    }
    if (!waiting.isEmpty()) {
      throw new IllegalStateException("not all checks were answered: " + waiting);
    }
  }

  private static void take(Map<String, Reading> waiting, String check, Reading reading) {
    if (reading instanceof Reading.Answer) {
      waiting.remove(check);
    } else if (reading instanceof Reading.Failed failed) {
      throw new IllegalStateException(check + ": " + failed.why());
    } else {
      waiting.put(check, reading);
    }
  }

  private static Optional<String> ticket(Reading before) {
    return before instanceof Reading.NotYet notYet ? notYet.ticket() : Optional.empty();
  }

  private static HoneycombGate gate(int number) throws GateFileException {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: canary-gate/v1
            kind: Gate
            metadata: {name: checkout}
            spec:
              rollout:
                argo: {namespace: shop, name: checkout}
                revision: any
              cohorts:
                canary: {honeycomb: [{column: rs, op: "=", value: "checkout-${rollout.canary}"}]}
                stable: {honeycomb: [{column: rs, op: "=", value: "checkout-${rollout.stable}"}]}
              checks:
            """);
    for (int check = 0; check < number; check++) {
      text.append(
          """
              - name: check %1$d
                honeycomb:
                  dataset: checkout
                  query: {calculations: [{op: P%2$s, column: duration_ms}]}
                fail: {ratio: "> 1.%1$d"}
          """
              .formatted(check, List.of("50", "75", "90", "95", "99").get(check % 5)));
    }
    Gate gate =
        GateFile.read(text.toString().getBytes(StandardCharsets.UTF_8), "gate.yaml", Map.of());
    Map<String, HoneycombSection> sections = new HashMap<>();
    Map<String, Check> checks = new HashMap<>();
    gate.sources().forEach((name, section) -> sections.put(name, (HoneycombSection) section));
    sections.keySet().forEach(name -> checks.put(name, gate.spec().check(name)));
    return new HoneycombGate(
        sections,
        checks,
        gate.honeycombCohorts(),
        Map.of("rollout.name", "checkout", "rollout.namespace", "shop"));
  }
}
