package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Phase;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.host.GateListener;
import io.jenkins.plugins.canarygate.host.RunningGate;
import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.rollout.flagger.DecisionNote;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.http.Faults;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the gate of one cell, and then lets Flagger go on alone once all is well again. */
final class FlaggerMatrixRun {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration AFTERWARDS = Duration.ofMinutes(2);
  private static final GateSpec SPEC = FlaggerWorld.spec("{image: \"" + FlaggerWorld.NEW + "\"}");

  private final FlaggerCell cell;
  private final List<Decision> stood = new ArrayList<>();
  private Optional<Instant> decided = Optional.empty();
  private Optional<Instant> promoted = Optional.empty();
  private boolean laid;

  private FlaggerMatrixRun(FlaggerCell cell) {
    this.cell = cell;
  }

  /**
   * What came of it.
   *
   * @param decided when the gate decided
   * @param promoted when the primary was given the new image, if it ever was
   * @param stood every decision that ever stood in the annotation
   * @param left the annotation when the gate had ended
   * @param ended when it had
   */
  record Result(
      FlaggerCell cell,
      GateSpec spec,
      GateSession session,
      Optional<Instant> decided,
      Optional<Instant> promoted,
      List<Decision> stood,
      String left,
      Instant ended,
      List<RecordedRequest> writes) {

    String outcome() {
      return session.ending().orElseThrow().verdict()
          + " "
          + session.ending().orElseThrow().outcome().text();
    }
  }

  static Result of(FlaggerCell cell) {
    return new FlaggerMatrixRun(cell).run();
  }

  private Result run() {
    try (FlaggerWorld world =
        new FlaggerWorld(
            cell.silent(FlaggerCell.Who.GATE) ? SHORT : PATIENCE,
            cell.silent(FlaggerCell.Who.SERVER) ? SHORT : PATIENCE)) {
      String wait = cell.silent(FlaggerCell.Who.FLAGGER) ? "300ms" : "30s";
      SandboxCanary canary =
          world.initialized(world.canary("{'timeout':'" + wait + "'}").weighted(50, 50));
      canary.deploy(FlaggerWorld.NEW);
      world.time.advanceUntil(
          () -> canary.phase().equals("Progressing") && canary.weight() > 0, Duration.ofMinutes(5));
      world.cluster.forgetRequests();
      Faults on =
          switch (cell.who()) {
            case GATE -> world.cluster.faults();
            case SERVER -> world.looks.faults();
            case FLAGGER -> world.server.faults();
          };
      world.cluster.store().listen(change -> seen(world, canary, on));
      if (cell.when() == FlaggerCell.When.START) {
        lay(on);
      }
      RunningGate gate =
          world.start(SPEC, "matrix", () -> cell.evidence().errors(), watching(world, on));
      world.time.advanceUntil(
          () -> gate.done().toCompletableFuture().isDone(),
          FlaggerWorld.TOTAL.plus(Duration.ofMinutes(1)));
      String left = canary.decision();
      Instant ended = world.time.wall();
      on.clear();
      world.time.advance(AFTERWARDS);
      return new Result(
          cell,
          SPEC,
          gate.done().toCompletableFuture().join(),
          decided,
          promoted,
          stood,
          left,
          ended,
          world.cluster.writes());
    }
  }

  /** Each write of anyone. */
  private void seen(FlaggerWorld world, SandboxCanary canary, Faults on) {
    DecisionNote.of(canary.decision()).decision().ifPresent(this::stands);
    if (promoted.isEmpty() && canary.primaryImage().equals(FlaggerWorld.NEW)) {
      promoted = Optional.of(world.time.wall());
    }
    boolean lands = canary.phase().equals("Promoting") || canary.phase().equals("Failed");
    if (cell.when() == FlaggerCell.When.LANDING && lands) {
      lay(on);
    }
  }

  private void stands(Decision decision) {
    if (stood.isEmpty() || !stood.get(stood.size() - 1).equals(decision)) {
      stood.add(decision);
    }
  }

  private GateListener watching(FlaggerWorld world, Faults on) {
    return new GateListener() {
      @Override
      public void stepped(GateSession before, GateSession after, Step step) {
        if (decided.isEmpty() && after.closing().isPresent()) {
          decided = Optional.of(world.time.wall());
        }
        boolean now =
            switch (cell.when()) {
              case START, LANDING -> false;
              case JUDGING -> after.phase() == Phase.JUDGING;
              case ACTING -> after.intent().isPresent();
              case SENT -> after.intent().map(i -> !i.sends().isEmpty()).orElse(false);
            };
        if (now) {
          lay(on);
        }
      }
    };
  }

  private void lay(Faults on) {
    if (!laid) {
      laid = true;
      Faults.Injection injection = on.on(cell.call(), cell.fault());
      if (cell.lasting()) {
        injection.untilCleared();
      } else {
        injection.times(Cell.A_FEW);
      }
    }
  }
}
