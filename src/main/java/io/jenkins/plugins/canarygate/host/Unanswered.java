package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * What one gate has asked its sources for and has no answer to. A source may have put something
 * outside for it, which is taken back once nobody will go on with it. All is touched in the mailbox
 * alone; only the sources are called on other threads.
 */
final class Unanswered {
  private record Asked(EvidenceSource source, EvidenceRequest request, EvidenceContext context) {}

  private final Executor threads;
  private final Serial mailbox;
  private final Map<String, Asked> byCheck = new HashMap<>();
  private final Set<String> beingMeasured = new HashSet<>();

  private int beingTakenBack;
  private boolean ended;
  private Runnable whenAllTakenBack = () -> {};

  Unanswered(Executor threads, Serial mailbox) {
    this.threads = threads;
    this.mailbox = mailbox;
  }

  /** Another process has asked it before. */
  void inherited(EvidenceSource source, EvidenceRequest request, EvidenceContext context) {
    byCheck.put(request.check(), new Asked(source, request, context));
  }

  /** It is being asked now; what was begun before for the same check is taken back. */
  void asking(EvidenceSource source, List<EvidenceRequest> requests, EvidenceContext context) {
    for (EvidenceRequest request : requests) {
      Asked before = byCheck.put(request.check(), new Asked(source, request, context));
      if (before != null && beginsAnew(before.request(), request)) {
        takeBack(before);
      }
      beingMeasured.add(request.check());
    }
  }

  /** The source has said this. A failed measurement is begun anew, so it is not gone on with. */
  void answered(List<EvidenceRequest> requests, Map<String, Reading> readings) {
    for (EvidenceRequest request : requests) {
      String check = request.check();
      Reading reading = readings.get(check);
      beingMeasured.remove(check);
      Asked asked = byCheck.get(check);
      if (asked == null || reading instanceof Reading.Answer) {
        byCheck.remove(check);
      } else if (reading instanceof Reading.NotYet notYet) {
        byCheck.put(check, withTicket(asked, notYet.ticket()));
      }
      if (ended || reading instanceof Reading.Failed) {
        takeBack(byCheck.remove(check));
      }
    }
    runIfAllTakenBack();
  }

  /**
   * The gate has ended: takes everything back, what is being measured as soon as its source has
   * answered.
   *
   * @param then run once that is done
   */
  void end(Runnable then) {
    ended = true;
    whenAllTakenBack = then;
    for (String check : Set.copyOf(byCheck.keySet())) {
      if (!beingMeasured.contains(check)) {
        takeBack(byCheck.remove(check));
      }
    }
    runIfAllTakenBack();
  }

  private void takeBack(Asked asked) {
    if (asked == null) {
      return;
    }
    beingTakenBack++;
    threads.execute(
        () -> {
          try {
            asked.source().abandon(asked.request(), asked.context());
          } catch (RuntimeException | Error unexpected) {
            // No verdict depends on it, and nobody is there to be told.
          }
          mailbox.executeHere(
              () -> {
                beingTakenBack--;
                runIfAllTakenBack();
              });
        });
  }

  private void runIfAllTakenBack() {
    if (ended && beingTakenBack == 0 && byCheck.isEmpty()) {
      whenAllTakenBack.run();
    }
  }

  /** A jump of the clock moves when it was first asked for, never what it goes on with. */
  private static boolean beginsAnew(EvidenceRequest before, EvidenceRequest now) {
    return now.ticket().isEmpty() && !now.askedSince().equals(before.askedSince());
  }

  private static Asked withTicket(Asked asked, Optional<String> ticket) {
    EvidenceRequest request = asked.request();
    return new Asked(
        asked.source(),
        new EvidenceRequest(
            request.check(),
            request.window(),
            request.askedSince(),
            ticket.or(request::ticket),
            request.series()),
        asked.context());
  }
}
