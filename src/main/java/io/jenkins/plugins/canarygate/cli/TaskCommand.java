package io.jenkins.plugins.canarygate.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code task}: what the steps of the Tekton Task call. */
@Command(
    name = "task",
    description = {
      "What the steps of the Tekton Task call: run and cancel, with what a Task hands over, results"
          + " written where Tekton looks for them, and a session that outlives the pod.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {TaskCommand.Run.class, TaskCommand.Cancel.class})
final class TaskCommand {
  @ParentCommand private CanaryGateCommand parent;

  /** {@code task run}: the whole job. */
  @Command(name = "run", description = "The whole job, as \"canary-gate run\".")
  static final class Run implements Callable<Integer> {
    @ParentCommand private TaskCommand task;
    @Mixin private TaskOptions options;
    @Mixin private EvidenceOptions evidence;

    @Override
    public Integer call() {
      return task.withResults(
          options, evidence, runner -> runner.run(options.session(), UnaryOperator.identity()));
    }
  }

  /** {@code task cancel}: what a finally task does. */
  @Command(
      name = "cancel",
      description = "Ends a gate whose TaskRun is gone, as \"canary-gate cancel\".")
  static final class Cancel implements Callable<Integer> {
    @ParentCommand private TaskCommand task;
    @Mixin private TaskOptions options;

    @Override
    public Integer call() {
      int code =
          task.withResults(
              options,
              new EvidenceOptions(),
              runner -> {
                if (!options.namesSession()) {
                  throw new Misuse(
                      "the param session is missing: give both tasks the same, as"
                          + " $(context.pipelineRun.name)-gate");
                }
                return runner.cancel(options.session());
              });
      return code == Failure.EXIT_CODE || code == Misuse.EXIT_CODE ? code : 0;
    }
  }

  private int withResults(
      TaskOptions options, EvidenceOptions evidence, ToIntFunction<GateRunner> job) {
    TaskResults results = options.results();
    say(results.unfinished("the process ended before the gate did"));
    try {
      return job.applyAsInt(new GateRunner(parent, options.gate(), evidence, options.report()));
    } catch (Misuse | Failure e) {
      String why = e instanceof Misuse misuse ? misuse.lines().get(0) : e.getMessage();
      say(results.unfinished(parent.secrets().scrub(why)));
      throw e;
    }
  }

  private void say(List<String> problems) {
    problems.forEach(problem -> parent.surroundings().err().println("canary-gate: " + problem));
  }
}
