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
import io.jenkins.plugins.canarygate.host.LeasedDriver;
import io.jenkins.plugins.canarygate.host.MemorySessionStore;
import io.jenkins.plugins.canarygate.host.OtherGateException;
import io.jenkins.plugins.canarygate.host.RolloutLease;
import io.jenkins.plugins.canarygate.host.SessionStore;
import io.jenkins.plugins.canarygate.host.Sessions;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.io.PrintStream;
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
  int run(SessionPlace place, UnaryOperator<GateSpec> as) {
    Gate read = GateFiles.read(gate);
    GateSpec spec = as.apply(read.spec().with(gate.handLines()));
    command.stopping().watch();
    try (GateHost host = GateHost.system();
        CommandAccess access = new CommandAccess(command, spec, gate, evidence)) {
      if (place.isNone()) {
        GateSession session = GateSession.begin(spec, spec.gateId(), host.clock().now());
        return begin(host, access, read, spec, session, new MemorySessionStore(), Optional.empty());
      }
      SessionHolder holder = new SessionHolder(host, access, command.stopping(), surroundings);
      Optional<GateSession> ended = holder.peek(place, spec).filter(GateSession::ended);
      if (ended.isPresent()) {
        Sessions.refuseOther(place.toString(), spec, ended.get());
        return new Reporting(surroundings, report).report(Report.of(spec, ended.get()));
      }
      try (SessionHolder.Held held = holder.take(place, spec)) {
        Sessions.Opened opened =
            Sessions.open(held.store(), spec, spec.gateId(), host.clock().now());
        if (opened.found() == Sessions.Found.FINISHED) {
          return new Reporting(surroundings, report).report(Report.of(spec, opened.session()));
        }
        return begin(host, access, read, spec, opened.session(), opened.store(), held.lease());
      }
    } catch (OtherGateException other) {
      throw new Misuse(other.getMessage());
    } catch (IOException e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  /**
   * Ends a gate whose process is gone: goes on from its session just far enough to carry out what
   * its file says of a cancellation. Measures nothing, so that no key of a source is needed.
   *
   * @return the exit code
   */
  int cancel(SessionPlace place) {
    Gate read = GateFiles.read(gate);
    GateSpec asked = read.spec().with(gate.handLines());
    command.stopping().watch();
    try (GateHost host = GateHost.system();
        CommandAccess access = new CommandAccess(command, asked, gate, evidence)) {
      SessionHolder holder = new SessionHolder(host, access, command.stopping(), surroundings);
      try (SessionHolder.Held held = holder.take(place, asked)) {
        Optional<GateSession> kept = held.store().load();
        if (kept.isEmpty()) {
          new Reporting(surroundings, report)
              .nothing(held.store().name() + " holds no gate: nothing to cancel");
          return 0;
        }
        GateSpec spec = asked.with(kept.get().mode());
        Sessions.refuseOther(held.store().name(), spec, kept.get());
        if (kept.get().ended()) {
          return new Reporting(surroundings, report).report(Report.of(spec, kept.get()));
        }
        GateSession cancelled =
            kept.get().cancelled("canary-gate cancel", surroundings.clock().instant());
        Wired wired = new GateWiring(read, spec, access).wireDriver(kept.get().id());
        return run(host, spec, cancelled, held.store(), leased(wired, held.lease()));
      }
    } catch (OtherGateException other) {
      throw new Misuse(other.getMessage());
    } catch (IOException e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private static Wired leased(Wired wired, Optional<RolloutLease> lease) {
    return lease.map(held -> wired.around(driver -> new LeasedDriver(driver, held))).orElse(wired);
  }

  private int begin(
      GateHost host,
      CommandAccess access,
      Gate read,
      GateSpec spec,
      GateSession session,
      SessionStore store,
      Optional<RolloutLease> lease) {
    Wired wired = leased(new GateWiring(read, spec, access).wire(session.id()), lease);
    return run(host, spec, session, store, wired);
  }

  private int run(
      GateHost host, GateSpec spec, GateSession session, SessionStore store, Wired wired) {
    Report result;
    try (Progress progress = progress(spec)) {
      if (session.cancel().isEmpty()) {
        Needs needs = new Needs(spec);
        needs.lines().forEach(progress::say);
        wired.needs().forEach(progress::say);
        needs.tooLong().ifPresent(progress::say);
      }
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
