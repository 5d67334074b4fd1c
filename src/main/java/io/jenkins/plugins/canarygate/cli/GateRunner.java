package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.frontend.GateWiring;
import io.jenkins.plugins.canarygate.frontend.Needs;
import io.jenkins.plugins.canarygate.frontend.PlainProgress;
import io.jenkins.plugins.canarygate.frontend.Progress;
import io.jenkins.plugins.canarygate.frontend.Wired;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.MemorySessionStore;
import io.jenkins.plugins.canarygate.host.OtherGateException;
import io.jenkins.plugins.canarygate.host.SessionFiles;
import io.jenkins.plugins.canarygate.host.SessionStore;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** From the flags to the exit code: reads the gate file, runs the gate, and reports. */
final class GateRunner {
  private final CanaryGateCommand command;
  private final Surroundings surroundings;
  private final GateOptions gate;
  private final EvidenceOptions evidence;
  private final ReportOptions report;

  GateRunner(
      CanaryGateCommand command, GateOptions gate, EvidenceOptions evidence, ReportOptions report) {
    this.command = command;
    this.surroundings = command.surroundings();
    this.gate = gate;
    this.evidence = evidence;
    this.report = report;
  }

  /**
   * Runs the gate.
   *
   * @param as how much of the job is done
   * @return the exit code
   */
  int run(Optional<Path> sessionFile, UnaryOperator<GateSpec> as) {
    Gate read = GateFiles.read(gate);
    GateSpec spec = as.apply(read.spec().with(gate.handLines()));
    command.stopping().watch();
    try (GateHost host = GateHost.system()) {
      if (sessionFile.isEmpty()) {
        GateSession session = GateSession.begin(spec, spec.gateId(), host.clock().now());
        return run(host, read, spec, session, new MemorySessionStore());
      }
      try (SessionFiles.Opened opened =
          SessionFiles.open(sessionFile.get(), spec, spec.gateId(), host.clock().now())) {
        if (opened.found() == SessionFiles.Found.FINISHED) {
          return new Reporting(surroundings, report).report(Report.of(spec, opened.session()));
        }
        return run(host, read, spec, opened.session(), opened.store());
      }
    } catch (OtherGateException other) {
      throw new Misuse(other.getMessage());
    } catch (IOException e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private int run(
      GateHost host, Gate read, GateSpec spec, GateSession session, SessionStore store) {
    Report result;
    try (CommandAccess access = new CommandAccess(command, spec, gate, evidence);
        Progress progress = progress(spec)) {
      Wired wired = new GateWiring(read, spec, access).wire(session.id());
      Needs needs = new Needs(spec);
      needs.lines().forEach(progress::say);
      wired.needs().forEach(progress::say);
      needs.tooLong().ifPresent(progress::say);
      result =
          new GateProcess(
                  host, command.stopping(), progress, command.secrets(), surroundings.clock())
              .run(spec, session, wired, store);
    }
    return new Reporting(surroundings, report).report(result);
  }

  /** Progress goes where the report does not: to standard error, if that is JSON. */
  private Progress progress(GateSpec spec) {
    PrintStream to = report.json() ? surroundings.err() : surroundings.out();
    return surroundings.terminal().live() && !report.json()
        ? new LiveProgress(spec, to, surroundings.terminal(), surroundings.clock())
        : new PlainProgress(spec, to, surroundings.clock());
  }
}
