package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One measurement by an Analysis: creates it, looks at it, reads it and deletes it again. */
final class AnalysisMeasurement {
  private static final Duration FIRST_LOOKS = Duration.ofSeconds(1);
  private static final Duration LATER_LOOKS = Duration.ofSeconds(5);

  private final KeptnApi api;
  private final KeptnGate gate;
  private final KeptnSection section;
  private final Analysis asked;
  private final EvidenceRequest request;
  private final Instant now;
  private final Optional<Instant> trafficSince;

  /**
   * @param asked the Analysis with all placeholders filled
   * @param trafficSince when the canary got its traffic, where what was before is no evidence
   */
  AnalysisMeasurement(
      KeptnApi api,
      KeptnGate gate,
      Analysis asked,
      EvidenceRequest request,
      Instant now,
      Optional<Instant> trafficSince) {
    this.api = api;
    this.gate = gate;
    this.section = gate.section(request.check());
    this.asked = asked;
    this.request = request;
    this.now = now;
    this.trafficSince = trafficSince;
  }

  Reading measure() throws KeptnException {
    if (!asked.created()) {
      return existing();
    }
    if (!gate.use().writes()) {
      return none(
          "a dry run writes nothing to the cluster, so no Analysis was created; canary-gate check"
              + " creates one, and deletes it again");
    }
    Optional<KeptnTicket> ticket = KeptnTicket.of(request.ticket());
    if (ticket.isPresent()) {
      return goOn(ticket.get());
    }
    Optional<Instant> notBefore = notBefore();
    return notBefore.isPresent() ? waitFor(notBefore.get()) : create();
  }

  /**
   * Deletes what it has created, read or not. An answer to its creation may have been lost, so it
   * is looked for by its name.
   */
  void abandon() throws KeptnException {
    if (!asked.created() || section.keeps() || !gate.use().writes()) {
      return;
    }
    Instant since =
        KeptnTicket.of(request.ticket()).map(KeptnTicket::since).orElse(request.askedSince());
    OurAnalysis ours = new OurAnalysis(gate, request.check(), since);
    Optional<JsonNode> found = api.find(KeptnKind.ANALYSIS, asked.namespace(), ours.name());
    if (found.filter(ours::owns).isPresent()) {
      api.delete(asked.namespace(), found.get());
    }
  }

  /** When what is to be looked at is over and has arrived; empty if that is so. */
  private Optional<Instant> notBefore() {
    Optional<Instant> due =
        asked.recent() != null
            ? trafficSince.map(since -> since.plus(asked.recent()).plusSeconds(2))
            : request.window().map(window -> window.to().plus(KeptnSection.LAG));
    return due.filter(now::isBefore);
  }

  private Reading waitFor(Instant due) {
    String why =
        asked.recent() != null
            ? "the canary has had traffic for less than the Analysis looks back"
            : "the end of the window is still to arrive";
    return new Reading.NotYet(Duration.between(now, due), why, Optional.empty());
  }

  private Reading create() throws KeptnException {
    new Leftovers(api, gate).sweep(asked.namespace(), now);
    KeptnTicket ticket = new KeptnTicket(request.askedSince(), now);
    OurAnalysis ours = ours(ticket);
    JsonNode body = body(ours, ticket);
    if (api.create(asked.namespace(), body)) {
      return look(ticket, "Keptn runs the Analysis");
    }
    Optional<JsonNode> there = api.find(KeptnKind.ANALYSIS, asked.namespace(), ours.name());
    if (there.isEmpty()) {
      return look(ticket, "an Analysis of the same name was just deleted");
    }
    if (!ours.owns(there.get())) {
      return Reading.Failed.because(
          "there is "
              + KeptnKind.ANALYSIS.named(asked.namespace(), ours.name())
              + " already, and this gate did not create it: see whose it is, and delete it");
    }
    if (!OurAnalysis.asksTheSame(there.get(), body)) {
      // Ours, of before a crash, but its window is no longer the one that is measured.
      api.delete(asked.namespace(), there.get());
    }
    return look(ticket, "Keptn runs the Analysis");
  }

  private Reading goOn(KeptnTicket ticket) throws KeptnException {
    OurAnalysis ours = ours(ticket);
    Optional<JsonNode> found = api.find(KeptnKind.ANALYSIS, asked.namespace(), ours.name());
    boolean late = late(ticket.created());
    JsonNode body = body(ours, ticket);
    if (found.isEmpty()) {
      if (late) {
        return none("the Analysis was deleted by somebody before it was read");
      }
      api.create(asked.namespace(), body);
      return look(ticket, "the Analysis was deleted and is created again");
    }
    JsonNode analysis = found.get();
    if (!ours.owns(analysis) || !OurAnalysis.asksTheSame(analysis, body)) {
      return none(
          KeptnKind.ANALYSIS.named(asked.namespace(), ours.name())
              + " was changed by somebody, so it says nothing of this gate");
    }
    if (completed(analysis)) {
      return deleted(analysis, read(analysis));
    }
    return late
        ? deleted(analysis, none(Stuck.tooLate(analysis, section.deadline())))
        : look(ticket, "Keptn runs the Analysis; it is " + Stuck.state(analysis));
  }

  /** Somebody else's Analysis: read, and left alone. */
  private Reading existing() throws KeptnException {
    Optional<JsonNode> found = api.find(KeptnKind.ANALYSIS, asked.namespace(), asked.name());
    String name = KeptnKind.ANALYSIS.named(asked.namespace(), asked.name());
    boolean late = late(request.askedSince());
    if (found.isEmpty()) {
      return late
          ? none("there is no " + name + "; see whether its name is right, or what makes it failed")
          : again("there is no " + name + " yet");
    }
    JsonNode analysis = found.get();
    if (completed(analysis)) {
      return read(analysis)
          .withIdentity(Optional.of(analysis.path("metadata").path("uid").asText("")));
    }
    return late
        ? none(Stuck.tooLate(analysis, section.deadline()))
        : again(name + " is " + Stuck.state(analysis));
  }

  private Reading.Answer read(JsonNode analysis) throws KeptnException {
    return new AnalysisReader(api, section.takesZero(), trafficSince).read(analysis);
  }

  private Reading deleted(JsonNode analysis, Reading.Answer answer) {
    if (section.keeps()) {
      return answer;
    }
    try {
      api.delete(asked.namespace(), analysis);
      return answer;
    } catch (KeptnException e) {
      return answer.withDetail(
          answer.detail()
              + "; the Analysis "
              + analysis.path("metadata").path("name").asText("")
              + " could not be deleted: "
              + e.getMessage());
    }
  }

  private OurAnalysis ours(KeptnTicket ticket) {
    return new OurAnalysis(gate, request.check(), ticket.since());
  }

  private JsonNode body(OurAnalysis ours, KeptnTicket ticket) throws KeptnException {
    Optional<Instant> until =
        section.keeps() ? Optional.empty() : Optional.of(ticket.created().plus(section.deadline()));
    return ours.body(api.version(), asked, request.window(), until);
  }

  private boolean late(Instant begun) {
    return !now.isBefore(begun.plus(section.deadline()));
  }

  private static boolean completed(JsonNode analysis) {
    return analysis.path("status").path("state").asText("").equals(AnalysisReader.COMPLETED);
  }

  private Reading look(KeptnTicket ticket, String why) {
    boolean first = now.isBefore(ticket.created().plus(LATER_LOOKS));
    return new Reading.NotYet(first ? FIRST_LOOKS : LATER_LOOKS, why, Optional.of(ticket.text()));
  }

  private static Reading again(String why) {
    return new Reading.NotYet(LATER_LOOKS, why, Optional.empty());
  }

  private static Reading.Answer none(String why) {
    return Reading.Answer.judged(Grade.INCONCLUSIVE, why);
  }
}
