package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One gate's way to its evidence: each source on its own, all that is due of it together. */
final class EvidenceLane {
  private final Map<String, EvidenceSource> sources;
  private final Executor threads;
  private final Serial mailbox;
  private final Consumer<Seen> tell;
  private final Unanswered unanswered;

  EvidenceLane(
      Map<String, EvidenceSource> sources, Executor threads, Serial mailbox, Consumer<Seen> tell) {
    this.sources = sources;
    this.threads = threads;
    this.mailbox = mailbox;
    this.tell = tell;
    this.unanswered = new Unanswered(threads, mailbox);
  }

  /** A measurement that another process has begun, and this one may have to take back. */
  void inherit(Todo.Order order, EvidenceContext context) {
    EvidenceSource source = sources.get(order.check());
    if (source != null) {
      unanswered.inherited(source, request(order), context);
    }
  }

  /** Asks every source once whether what its checks ask is valid. */
  void prepare(EvidenceContext context) {
    Set<EvidenceSource> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(sources.values());
    if (distinct.isEmpty()) {
      mailbox.execute(() -> tell.accept(prepared(List.of())));
      return;
    }
    List<Preparation> answers = new ArrayList<>();
    for (EvidenceSource source : distinct) {
      threads.execute(
          () -> {
            Preparation answer = prepare(source, context);
            mailbox.executeHere(
                () -> {
                  answers.add(answer);
                  if (answers.size() == distinct.size()) {
                    tell.accept(prepared(answers));
                  }
                });
          });
    }
  }

  /** Measures; each source tells of its checks as soon as it has answered. */
  void measure(List<Todo.Order> orders, EvidenceContext context) {
    Map<EvidenceSource, List<EvidenceRequest>> bySource = new IdentityHashMap<>();
    Map<String, Reading> unknown = new HashMap<>();
    for (Todo.Order order : orders) {
      EvidenceSource source = sources.get(order.check());
      if (source == null) {
        unknown.put(order.check(), Reading.Failed.because("no source measures this check"));
      } else {
        bySource.computeIfAbsent(source, none -> new ArrayList<>()).add(request(order));
      }
    }
    if (!unknown.isEmpty()) {
      mailbox.execute(() -> tell.accept(new Seen.Measured(Map.copyOf(unknown))));
    }
    bySource.forEach((source, requests) -> measure(source, requests, context));
  }

  private void measure(
      EvidenceSource source, List<EvidenceRequest> requests, EvidenceContext context) {
    unanswered.asking(source, requests, context);
    threads.execute(
        () -> {
          Map<String, Reading> readings = readings(source, List.copyOf(requests), context);
          mailbox.executeHere(
              () -> {
                unanswered.answered(requests, readings);
                tell.accept(new Seen.Measured(readings));
              });
        });
  }

  /**
   * The gate has ended: takes back what was begun and nobody will go on with, as far as that can be
   * done.
   *
   * @param then run once that is done, which may be never where a source hangs
   */
  void end(Runnable then) {
    unanswered.end(then);
  }

  private static EvidenceRequest request(Todo.Order order) {
    return new EvidenceRequest(
        order.check(), order.window(), order.since(), order.ticket(), order.series());
  }

  private static Preparation prepare(EvidenceSource source, EvidenceContext context) {
    try {
      return source.prepare(context);
    } catch (RuntimeException | Error unexpected) {
      return new Preparation(
          Preparation.State.AGAIN, "a source failed unexpectedly: " + Failures.name(unexpected));
    }
  }

  private static Seen prepared(Collection<Preparation> answers) {
    Optional<String> refused = messages(answers, Preparation.State.REFUSED);
    return new Seen.Prepared(
        refused.isPresent(),
        refused.isPresent() ? Optional.empty() : messages(answers, Preparation.State.AGAIN),
        refused.orElse(""));
  }

  private static Optional<String> messages(
      Collection<Preparation> answers, Preparation.State state) {
    List<String> all =
        answers.stream()
            .filter(answer -> answer.state() == state)
            .map(Preparation::message)
            .distinct()
            .sorted()
            .toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all));
  }

  private static Map<String, Reading> readings(
      EvidenceSource source, List<EvidenceRequest> requests, EvidenceContext context) {
    Map<String, Reading> answered;
    try {
      answered = source.measure(requests, context);
    } catch (RuntimeException | Error unexpected) {
      Reading failed =
          Reading.Failed.because("the source failed unexpectedly: " + Failures.name(unexpected));
      return requests.stream().collect(Collectors.toMap(EvidenceRequest::check, request -> failed));
    }
    return requests.stream()
        .map(EvidenceRequest::check)
        .collect(Collectors.toMap(check -> check, check -> reading(answered, check)));
  }

  private static Reading reading(Map<String, Reading> answered, String check) {
    Reading reading = answered == null ? null : answered.get(check);
    return reading == null
        ? Reading.Failed.because("the source said nothing of this check")
        : reading;
  }
}
