package io.jenkins.plugins.canarygate.report;

import static io.jenkins.plugins.canarygate.report.Sessions.aborted;
import static io.jenkins.plugins.canarygate.report.Sessions.check;
import static io.jenkins.plugins.canarygate.report.Sessions.decision;
import static io.jenkins.plugins.canarygate.report.Sessions.dryRun;
import static io.jenkins.plugins.canarygate.report.Sessions.ended;
import static io.jenkins.plugins.canarygate.report.Sessions.ending;
import static io.jenkins.plugins.canarygate.report.Sessions.fail;
import static io.jenkins.plugins.canarygate.report.Sessions.judging;
import static io.jenkins.plugins.canarygate.report.Sessions.measured;
import static io.jenkins.plugins.canarygate.report.Sessions.optional;
import static io.jenkins.plugins.canarygate.report.Sessions.plotted;
import static io.jenkins.plugins.canarygate.report.Sessions.point;
import static io.jenkins.plugins.canarygate.report.Sessions.run;
import static io.jenkins.plugins.canarygate.report.Sessions.series;
import static io.jenkins.plugins.canarygate.report.Sessions.spec;
import static io.jenkins.plugins.canarygate.report.Sessions.without;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.rollout.Outcome;

/** Reports as the renderers meet them. */
final class Reports {
  /** Everything that could be markup somewhere. */
  static final String NASTY =
      "a|b `c` ``` <script>x</script> <!-- & ]]> \"q\" 'r' **d** _e_\n# f\r\n- g"
          + " [x](javascript:alert(1)) ![i](http://evil/i.png) @team \u001b[31m\u0000\u202e\ud800 z";

  private Reports() {}

  static GateSpec failing(String name) {
    return spec(
        name,
        check("error rate", fail("> 1%")),
        dryRun(check("saturation", fail("> 2"))),
        optional(check("availability", fail("< 0"))),
        check("latency", fail("> 0.3")));
  }

  /** A gate that failed, and aborted. */
  static Report failed() {
    GateSpec spec = failing("checkout");
    return Report.of(
        spec,
        ended(
            judging(
                spec,
                point(
                    1,
                    decision(Verdict.FAIL, "error rate: 1.8 % is bad", 33.333),
                    run(
                        "error rate",
                        State.FAIL,
                        measured(Grade.PASS, 0.005, 0.009),
                        plotted(measured(Grade.FAIL, 0.018, 0.009), series())),
                    run("saturation", State.FAIL, measured(Grade.FAIL, 3, 1)),
                    run("availability", State.UNJUDGED, without(Grade.ERROR, "no SLO abc")),
                    run("latency", State.UNJUDGED))),
            ending(Verdict.FAIL, Outcome.ABORTED, "error rate: 1.8 % is bad", 10),
            aborted()));
  }

  /** A gate each of whose texts is as nasty as can be. */
  static Report nasty() {
    GateSpec spec = spec(NASTY, check(NASTY, fail("> 1%")));
    return Report.of(
        spec,
        ended(
            judging(
                spec,
                point(
                    1,
                    decision(Verdict.INCONCLUSIVE, NASTY, 0),
                    run(NASTY, State.UNJUDGED, plotted(without(Grade.ERROR, NASTY), series())))),
            ending(Verdict.INCONCLUSIVE, Outcome.LEFT, NASTY, 11)));
  }

  static Report endedWith(Verdict verdict, int exitCode) {
    GateSpec spec = spec("checkout", check("error rate", fail("> 1%")));
    return Report.of(
        spec,
        ended(
            judging(spec, point(1, null, run("error rate", State.UNJUDGED))),
            Sessions.ending(verdict, Outcome.LEFT, "because", exitCode)));
  }
}
