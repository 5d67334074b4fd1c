package io.jenkins.plugins.canarygate.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code task}: what the step of the Tekton Task calls. */
@Command(
    name = "task",
    description = {
      "What the step of the Tekton Task calls: run, cancel or plan, with what a Task hands over,"
          + " results written where Tekton looks for them, and a session that outlives the pod.",
      ""
    })
final class TaskCommand implements Callable<Integer> {
  @ParentCommand private CanaryGateCommand parent;
  @Mixin private TaskOptions options;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() {
    TaskResults results = options.results();
    say(results.unfinished("the process ended before the gate did"));
    try {
      options.refuse(parent.secrets());
      return switch (options.command()) {
        case RUN -> runner(options.evidence()).run(options.session(), UnaryOperator.identity());
        case CANCEL -> cancel();
        case PLAN -> plan(results);
      };
    } catch (Misuse | Failure e) {
      String why = e instanceof Misuse misuse ? misuse.lines().get(0) : e.getMessage();
      say(results.unfinished(parent.secrets().scrub(why)));
      throw e;
    }
  }

  /** What a finally task does: whatever the verdict was, it has done its work. */
  private int cancel() {
    if (!options.namesSession()) {
      throw new Misuse(
          "the param session is missing: give both tasks the same, as"
              + " $(context.pipelineRun.name)-gate");
    }
    // It measures nothing, so that it must not end for want of a key.
    int code = runner(new EvidenceOptions()).cancel(options.session());
    return code == Failure.EXIT_CODE || code == Misuse.EXIT_CODE ? code : 0;
  }

  private int plan(TaskResults results) {
    Planning planning = new Planning(parent, options.gate(), options.evidence(), options.session());
    Findings found = planning.findings();
    planning.say(found);
    if (found.hasErrors()) {
      say(results.unfinished(found.summary()));
      return Failure.EXIT_CODE;
    }
    say(results.nothing(found.summary()));
    return 0;
  }

  private GateRunner runner(EvidenceOptions evidence) {
    return new GateRunner(parent, options.gate(), evidence, options.report());
  }

  private void say(List<String> problems) {
    problems.forEach(problem -> parent.surroundings().err().println("canary-gate: " + problem));
  }
}
