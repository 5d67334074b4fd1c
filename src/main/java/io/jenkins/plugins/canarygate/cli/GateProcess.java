package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.frontend.BrokenOff;
import io.jenkins.plugins.canarygate.frontend.Progress;
import io.jenkins.plugins.canarygate.frontend.ProgressListener;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.frontend.Wired;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.GateJob;
import io.jenkins.plugins.canarygate.host.RunningGate;
import io.jenkins.plugins.canarygate.host.SessionStore;
import io.jenkins.plugins.canarygate.report.Report;
import java.time.InstantSource;
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
    GateJob job = wired.job(spec, session, store, new ProgressListener(progress, secrets));
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
      return new BrokenOff(spec, secrets).crashed(gate.session(), e.getCause(), clock.instant());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted while the gate was running", e);
    }
    if (done.isDone()) {
      return Report.of(spec, done.join());
    }
    return new BrokenOff(spec, secrets)
        .report(
            gate.session(),
            Verdict.CANCELLED,
            "stopped by " + Stopping.BY + ", and it had not ended 20 s later",
            clock.instant());
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
