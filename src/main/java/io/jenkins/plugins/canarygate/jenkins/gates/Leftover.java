package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.frontend.BrokenOff;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** What a gate left behind that nobody goes on with. Nothing is contacted. */
final class Leftover {
  private final GateKey key;
  private final GateFolder folder;
  private final Secrets secrets;
  private final InstantSource clock;
  private boolean unreadable;
  private final Optional<GateSession> session;
  private final Optional<GateSpec> spec;

  Leftover(GateKey key, GateFolder folder, Secrets secrets, InstantSource clock) {
    this.key = key;
    this.folder = folder;
    this.secrets = secrets;
    this.clock = clock;
    this.session = session();
    this.spec = spec();
  }

  boolean ended() {
    return session.map(GateSession::ended).orElse(false);
  }

  /** What an administrator is told. */
  Abandoned abandoned(String why) {
    String intent =
        session
            .flatMap(GateSession::intent)
            .map(i -> "; " + i.action().text() + " had been written down and may have been sent")
            .orElse(
                unreadable
                    ? "; what it may have sent cannot be read from " + folder.path()
                    : "; nothing had been sent for its verdict");
    return new Abandoned(
        key.build(),
        key.id(),
        session.map(GateSession::gate).orElse(""),
        spec.map(s -> s.target().toString()).orElse(""),
        why + intent,
        clock.instant().toString());
  }

  /** The report as it stands, written into the build; empty where too little was kept. */
  Optional<Report> report(String why) {
    if (session.isEmpty() || spec.isEmpty()) {
      return Optional.empty();
    }
    Report report =
        new BrokenOff(spec.get(), secrets)
            .report(session.get(), Verdict.ERROR, "abandoned: " + why, clock.instant());
    folder.report(report);
    return Optional.of(report);
  }

  private Optional<GateSession> session() {
    try {
      return folder.load();
    } catch (IOException damaged) {
      unreadable = true;
      return Optional.empty();
    }
  }

  private Optional<GateSpec> spec() {
    try {
      Optional<GateOrder> order = folder.order();
      Optional<GateText> text = folder.text();
      return order.isEmpty() || text.isEmpty()
          ? Optional.empty()
          : Optional.of(text.get().gate(order.get().parameters()).spec());
    } catch (IOException | GateFileException unreadable) {
      return Optional.empty();
    }
  }
}
