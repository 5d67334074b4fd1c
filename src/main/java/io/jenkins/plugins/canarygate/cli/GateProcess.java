package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.gate.View;
import io.jenkins.plugins.canarygate.host.GateCrashedException;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.GateJob;
import io.jenkins.plugins.canarygate.host.RunningGate;
import io.jenkins.plugins.canarygate.host.SessionStore;
import io.jenkins.plugins.canarygate.report.Report;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs one gate in this process, from its start to its report. */
final class GateProcess {
  private final GateHost host;
  private final Stopping stopping;
  private final Progress progress;
  private final Secrets secrets;
  private final InstantSource clock;

  GateProcess(
      GateHost host, Stopping stopping, Progress progress, Secrets secrets, InstantSource clock) {
    this.host = host;
    this.stopping = stopping;
    this.progress = progress;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Runs it until it has ended, crashed, or was stopped and did not end in time. */
  Report run(GateSpec spec, GateSession session, Wired wired, SessionStore store) {
    GateJob job =
        new GateJob(
            spec,
            session,
            wired.driver(),
            wired.urgentDriver(),
            wired.sources(),
            wired.announcer(),
            store,
            new ProgressListener(progress, secrets),
            wired.topic());
    ScheduledExecutorService ticker = ticker();
    try {
      RunningGate gate = host.start(job);
      ticker.scheduleAtFixedRate(progress::tick, 1, 1, TimeUnit.SECONDS);
      stopping.gate(gate);
      return await(spec, gate);
    } finally {
      ticker.shutdownNow();
    }
  }

  private Report await(GateSpec spec, RunningGate gate) {
    CompletableFuture<GateSession> done = gate.done().toCompletableFuture();
    try {
      CompletableFuture.anyOf(done, stopping.givenUp()).get();
    } catch (ExecutionException e) {
      return crashed(spec, gate, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted while the gate was running", e);
    }
    if (done.isDone()) {
      return Report.of(spec, done.join());
    }
    return Report.of(spec, gate.session())
        .brokenOff(
            Verdict.CANCELLED,
            "stopped by " + Stopping.BY + ", and it had not ended 20 s later",
            left(spec, gate.session()),
            clock.instant());
  }

  private Report crashed(GateSpec spec, RunningGate gate, Throwable cause) {
    GateSession last =
        cause instanceof GateCrashedException crash ? crash.session() : gate.session();
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return Report.of(spec, last)
        .brokenOff(
            Verdict.ERROR,
            "the gate could not go on: " + secrets.scrub(why),
            left(spec, last),
            clock.instant());
  }

  /** What a person must know of a gate that left off without an ending (rule D9). */
  private static List<String> left(GateSpec spec, GateSession last) {
    if (spec.mode() == Mode.CHECK) {
      return List.of();
    }
    String serves =
        last.view()
            .flatMap(View::share)
            .map(
                share ->
                    "when last seen, the canary served "
                        + share.text()
                        + share.since().map(since -> " since " + since).orElse(""))
            .orElse("it was not seen how much the canary serves");
    String holds =
        last.intent().isPresent()
            ? "; " + last.intent().get().action().text() + " had been written down"
            : "";
    return List.of(
        serves + holds,
        "to promote it: " + spec.commands().promote(),
        "to abort it:   " + spec.commands().abort());
  }

  private static ScheduledExecutorService ticker() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "canary-gate-progress");
          thread.setDaemon(true);
          return thread;
        });
  }
}
