package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.check.WindowRule;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;

/** A gate's Honeycomb checks on a bench: a clock that is set by hand, and whatever is measured. */
final class Bench {
  static final String KEY = "hcaik_planted0123456789abcdef";
  static final Instant START = Instant.parse("2026-03-04T10:07:00Z");
  static final OkHttpClient HTTP =
      HoneycombClient.connections(Duration.ofSeconds(5), Duration.ofSeconds(10));
  static final Set<Cohort> BOTH = Set.of(Cohort.CANARY, Cohort.STABLE);
  static final CohortFilter CANARY = new CohortFilter("version", "=", "${rollout.canary}");
  static final CohortFilter STABLE = new CohortFilter("version", "=", "${rollout.stable}");

  final Map<String, HoneycombSection> sections = new LinkedHashMap<>();
  final Map<String, Check> checks = new LinkedHashMap<>();
  final Map<Cohort, List<CohortFilter>> filters = new EnumMap<>(Cohort.class);
  final Map<Cohort, CohortNames> cohorts = new EnumMap<>(Cohort.class);
  final Map<String, String> tickets = new HashMap<>();
  final List<String> said = new ArrayList<>();
  final HoneycombClient client;
  HoneycombQuota quota = new HoneycombQuota();
  HoneycombAnswers answers = new HoneycombAnswers();
  Instant now = START;
  Window window = new Window(START.minusSeconds(360), START.minusSeconds(60));
  Optional<Instant> trafficSince = Optional.of(START.minusSeconds(400));
  private HoneycombSource source;

  Bench(FakeHoneycomb honeycomb) {
    this(honeycomb.url());
  }

  Bench(String url) {
    this(url, HTTP);
  }

  Bench(String url, OkHttpClient http) {
    client = new HoneycombClient(http, url, () -> KEY, () -> now);
    cohorts.put(Cohort.CANARY, new CohortNames("7c9d", "checkout-7c9d-[a-z0-9]{5}"));
    cohorts.put(Cohort.STABLE, new CohortNames("5b6c", "checkout-5b6c-[a-z0-9]{5}"));
  }

  /** Another gate in the same process. */
  Bench beside(FakeHoneycomb honeycomb) {
    Bench other = new Bench(honeycomb);
    other.quota = quota;
    other.answers = answers;
    other.now = now;
    other.window = window;
    return other;
  }

  Bench split() {
    filters.put(Cohort.CANARY, List.of(CANARY));
    filters.put(Cohort.STABLE, List.of(STABLE));
    return this;
  }

  Bench query(String name, String query, String result, Set<Cohort> measured) {
    return query(name, query, result, measured, Optional.empty());
  }

  Bench query(
      String name,
      String query,
      String result,
      Set<Cohort> measured,
      Optional<MinimumSamples> samples) {
    return add(
        name,
        new HoneycombSection("checkout", FakeHoneycomb.read(query), result, null, null),
        measured,
        samples);
  }

  Bench add(String name, HoneycombSection section) {
    return add(name, section, Set.of(), Optional.empty());
  }

  Bench add(
      String name,
      HoneycombSection section,
      Set<Cohort> measured,
      Optional<MinimumSamples> samples) {
    sections.put(name, section);
    checks.put(name, check(name, measured, samples, 5));
    return this;
  }

  static Check check(
      String name, Set<Cohort> measured, Optional<MinimumSamples> samples, int count) {
    Duration minute = Duration.ofMinutes(1);
    return new Check(
        name,
        "honeycomb checkout",
        Criteria.NONE,
        new Schedule(Duration.ZERO, minute, count, 0, 0, 4),
        Optional.of(new WindowRule(minute.multipliedBy(5), minute, minute)),
        samples,
        measured,
        1,
        false,
        false,
        false);
  }

  HoneycombGate gate() {
    return new HoneycombGate(
        sections, checks, filters, Map.of("rollout.name", "checkout", "service", "shop"));
  }

  HoneycombSource source() {
    if (source == null) {
      source = new HoneycombSource(client, quota, answers, gate());
    }
    return source;
  }

  /** The process ends and another goes on with the session. */
  void restart() {
    source = null;
    quota = new HoneycombQuota();
    answers = new HoneycombAnswers();
  }

  EvidenceContext context() {
    return new EvidenceContext(now, trafficSince, cohorts, JsonNodeFactory.instance.objectNode());
  }

  /** Asks once, with the tickets of the last time. */
  Map<String, Reading> ask(String... names) {
    List<EvidenceRequest> requests = new ArrayList<>();
    for (String name : names.length == 0 ? checks.keySet().toArray(new String[0]) : names) {
      requests.add(
          new EvidenceRequest(
              name, Optional.of(window), now, Optional.ofNullable(tickets.get(name))));
    }
    Map<String, Reading> readings = source().measure(requests, context());
    readings.forEach(
        (name, reading) -> {
          said.add(reading.toString());
          tickets.remove(name);
          if (reading instanceof Reading.NotYet notYet) {
            notYet.ticket().ifPresent(ticket -> tickets.put(name, ticket));
          }
        });
    return readings;
  }

  /** Asks until nothing is to come any more, the clock going on by what the source asks for. */
  Map<String, Reading> measure(String... names) {
    Map<String, Reading> done = new LinkedHashMap<>();
    String[] left = names.length == 0 ? checks.keySet().toArray(new String[0]) : names;
    for (int round = 0; round < 500 && left.length > 0; round++) {
      Map<String, Reading> readings = ask(left);
      Duration wait = Duration.ofDays(1);
      List<String> waiting = new ArrayList<>();
      for (var entry : readings.entrySet()) {
        if (entry.getValue() instanceof Reading.NotYet notYet) {
          waiting.add(entry.getKey());
          wait = notYet.lookAgain().compareTo(wait) < 0 ? notYet.lookAgain() : wait;
        } else {
          done.put(entry.getKey(), entry.getValue());
        }
      }
      left = waiting.toArray(new String[0]);
      if (left.length > 0) {
        now = now.plus(wait);
      }
    }
    if (left.length > 0) {
      throw new AssertionError("never answered: " + List.of(left));
    }
    return done;
  }

  Reading.Answer answer(String name) {
    return (Reading.Answer) measure(name).get(name);
  }

  String failure(String name) {
    return ((Reading.Failed) measure(name).get(name)).why();
  }
}
