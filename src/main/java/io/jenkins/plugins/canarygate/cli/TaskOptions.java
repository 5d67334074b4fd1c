package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.host.ConfigMapSessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a Tekton Task hands over. A Task's step has no shell, so every option is always given, and
 * is empty where the param or workspace behind it is.
 */
final class TaskOptions {
  private static final Pattern TASK_RUN =
      Pattern.compile("([a-z0-9][-a-z0-9]{0,62})/([a-z0-9][-a-z0-9.]{0,252})/([-A-Za-z0-9]+)");
  private static final Pattern SESSION = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final List<String> KUBECONFIGS = List.of("kubeconfig", "config");

  /** What a step does. */
  enum Step {
    RUN,
    CANCEL,
    PLAN
  }

  @Parameters(index = "0", paramLabel = "run|cancel|plan", description = "What is to be done.")
  private String command;

  // After "--", so that no parameter is ever taken for an option.
  @Parameters(
      index = "1..*",
      paramLabel = "NAME=VALUE",
      description = "The gate file's parameters, after --.")
  private List<String> parameters = new ArrayList<>();

  @Option(names = "--gate", description = "The gate file's path in the source workspace.")
  private String gate = "";

  @Option(names = "--gate-text", description = "The gate file's text, in place of a file.")
  private String gateText = "";

  @Option(names = "--source", description = "Where the source workspace is.")
  private String source = "";

  @Option(names = "--report", description = "Where the report workspace is.")
  private String report = "";

  @Option(names = "--kubeconfig", description = "Where the workspace with a kubeconfig is.")
  private String kubeconfig = "";

  @Option(names = "--write-report", description = "Whether a report is written.")
  private String writeReport = "true";

  @Option(names = "--exit-zero", description = "Whether 10 to 15 become 0.")
  private String exitZero = "false";

  @Option(names = "--session", description = "The ConfigMap's name; the TaskRun's if empty.")
  private String session = "";

  @Option(
      names = "--task-run",
      required = true,
      paramLabel = "NAMESPACE/NAME/UID",
      description = "The TaskRun that this is a step of.")
  private String taskRun;

  @Option(
      names = "--verdict-result",
      required = true,
      paramLabel = "FILE",
      description = "Where the result verdict is written; the others stand beside it.")
  private Path verdictResult;

  @Option(
      names = "--prometheus",
      description = "Where the workspace with what Prometheus asks of its callers is.")
  private String prometheus = "";

  /**
   * What is to be done.
   *
   * @throws Misuse if it is none of the three
   */
  Step command() {
    return Arrays.stream(Step.values())
        .filter(step -> step.name().toLowerCase(Locale.ROOT).equals(command))
        .findFirst()
        .orElseThrow(
            () -> new Misuse("the param command is '" + command + "'; it is run, cancel or plan"));
  }

  TaskResults results() {
    return new TaskResults(verdictResult.toAbsolutePath().getParent());
  }

  /**
   * The gate, its parameters and its cluster.
   *
   * @throws Misuse for what is missing or given twice
   */
  GateOptions gate() {
    if (gate.isEmpty() == gateText.isEmpty()) {
      throw new Misuse(
          gate.isEmpty()
              ? "the Task has no gate: give the param gate (a file in the workspace source), or the"
                  + " param gate-text"
              : "the Task has two gates: give the param gate or the param gate-text, not both");
    }
    if (!gate.isEmpty() && source.isEmpty()) {
      throw new Misuse(
          "the param gate names the file "
              + gate
              + ", but no workspace is bound to source; bind one, or give the text as gate-text");
    }
    Path file = gate.isEmpty() ? Path.of("gate.yaml") : Path.of(source).resolve(gate);
    return new GateOptions(
        file, gateText.isEmpty() ? null : gateText, given(), cluster().orElse(null), null);
  }

  /**
   * Kubernetes puts variables of the step into its words. A key that came in that way would be kept
   * with the gate's parameters.
   *
   * @throws Misuse if one of them holds a secret
   */
  void refuse(Secrets secrets) {
    List<String> given = new ArrayList<>(parameters);
    given.addAll(List.of(gate, gateText, session));
    if (given.stream().anyMatch(secrets::in)) {
      throw new Misuse(
          "a param holds a secret of the step's environment: $(NAME) in a param is a variable to"
              + " Kubernetes; write $$(NAME) for the words themselves");
    }
  }

  /** An array param with one empty entry is how a Pipeline says that there are none. */
  private List<String> given() {
    return parameters.stream().filter(text -> !text.isEmpty()).toList();
  }

  private Optional<Path> cluster() {
    if (kubeconfig.isEmpty()) {
      return Optional.empty();
    }
    Path folder = Path.of(kubeconfig);
    return Optional.of(
        KUBECONFIGS.stream()
            .map(folder::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new Misuse(
                        "the workspace kubeconfig holds no file called "
                            + String.join(" or ", KUBECONFIGS)
                            + "; put it there, or bind no workspace for the pod's own access")));
  }

  /**
   * How the services that evidence comes from are reached: by the environment, but for what
   * Prometheus asks of its callers.
   *
   * @throws Misuse if the workspace for that holds neither of the two
   */
  EvidenceOptions evidence() {
    if (prometheus.isEmpty()) {
      return new EvidenceOptions();
    }
    Path folder = Path.of(prometheus);
    Path token = folder.resolve("token");
    Path user = folder.resolve("username");
    Path password = folder.resolve("password");
    if (Files.isRegularFile(token)) {
      return new EvidenceOptions(new PrometheusOptions(null, token, null, null));
    }
    if (Files.isRegularFile(user) && Files.isRegularFile(password)) {
      String name = SecretFile.read(user, "Prometheus user name", "the workspace prometheus");
      return new EvidenceOptions(new PrometheusOptions(null, null, name, password));
    }
    throw new Misuse(
        "the workspace prometheus holds neither a file called token nor the two called username and"
            + " password; bind it to a Secret that has them, or bind none");
  }

  /** Where the report goes, and how the step ends. */
  ReportOptions report() {
    boolean wanted = truth("write-report", writeReport) && !report.isEmpty();
    return new ReportOptions(
        wanted ? Path.of(report) : null, truth("exit-zero", exitZero), results());
  }

  private static boolean truth(String param, String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new Misuse("the param " + param + " is '" + text + "'; it must be true or false");
    }
    return text.equals("true");
  }

  /** The session, which goes away with the TaskRun if that made it. */
  SessionPlace session() {
    Matcher run = TASK_RUN.matcher(taskRun);
    if (!run.matches()) {
      throw new Misuse("--task-run " + taskRun + " is none; write NAMESPACE/NAME/UID");
    }
    String name = session.isEmpty() ? run.group(2) : session;
    if (!SESSION.matcher(name).matches()) {
      throw new Misuse(
          "the param session is '"
              + name
              + "', which no ConfigMap can be called: small letters, digits, - and .");
    }
    return new SessionPlace(
        Optional.empty(),
        Optional.of(new ConfigMapSessionStore.Name(run.group(1), name)),
        Optional.of(
            new ConfigMapSessionStore.Owner(
                "tekton.dev/v1", "TaskRun", run.group(2), run.group(3))),
        // Elsewhere its owner would be unknown, and the ConfigMap collected as garbage.
        !kubeconfig.isEmpty());
  }

  /** Whether the session is named, so that another TaskRun can find it. */
  boolean namesSession() {
    return !session.isEmpty();
  }
}
