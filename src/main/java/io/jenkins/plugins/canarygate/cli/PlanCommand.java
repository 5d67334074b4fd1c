package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.frontend.GateWiring;
import io.jenkins.plugins.canarygate.frontend.Needs;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.host.ClusterSession;
import io.jenkins.plugins.canarygate.host.ConfigMapSessionStore;
import io.jenkins.plugins.canarygate.kube.ClusterFindings;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code plan}: verifies everything before traffic shifts. */
@Command(
    name = "plan",
    description = {
      "Verifies everything before traffic shifts: the gate file, the cluster, our rights, keys and"
          + " their rights, each query, the quota that the gate will use. Changes nothing.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      " 0:nothing stands in the way, though there may be warnings",
      " 1:there is an ERROR: the gate could not do its work; also a crash",
      " 2:the gate file or the flags are wrong; nothing was contacted"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate plan gate.yaml --set image=registry/shop/checkout:2.0",
      "  canary-gate plan gate.yaml --output json | jq '.findings[] | select(.level != \"OK\")'"
    })
final class PlanCommand implements Callable<Integer> {
  @ParentCommand private CanaryGateCommand parent;
  @Mixin private GateOptions options;
  @Mixin private EvidenceOptions evidence;
  @Mixin private SessionOptions session;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "text: a line for each finding, and what to do. json: one document.")
  private ReportOptions.Output output = ReportOptions.Output.text;

  @Override
  public Integer call() {
    Gate gate = GateFiles.read(options);
    List<Finding> findings = findings(gate);
    Findings found = new Findings(gate.spec().name(), findings);
    if (output == ReportOptions.Output.json) {
      parent.surroundings().out().print(found.json());
    } else {
      Colours colours = new Colours(parent.surroundings().terminal().colour());
      found.lines().forEach(line -> parent.surroundings().out().println(colours.verdicts(line)));
    }
    return found.hasErrors() ? Failure.EXIT_CODE : 0;
  }

  private List<Finding> findings(Gate gate) {
    GateSpec spec = gate.spec();
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("gate file", options.gate() + " is in order"));
    Needs needs = new Needs(spec);
    needs.lines().forEach(line -> findings.add(Finding.ok("needs", line)));
    needs
        .tooLong()
        .ifPresent(
            why -> findings.add(Finding.error("needs", why, "see timeouts.total and the checks")));
    try (CommandAccess access = new CommandAccess(parent, spec, options, evidence)) {
      findings.addAll(new GateWiring(gate, spec, access).preflight(parent.surroundings().clock()));
      session
          .place()
          .configMap()
          .ifPresent(name -> findings.addAll(rights(access.cluster().client(), name, spec)));
    }
    return findings;
  }

  /** What a session in a ConfigMap takes. */
  private static List<Finding> rights(
      KubernetesClient client, ConfigMapSessionStore.Name name, GateSpec spec) {
    KubeApi api = new KubeApi(client);
    List<Finding> findings = new ArrayList<>();
    try {
      findings.addAll(new Rights(api, name.namespace()).examine(ClusterSession.rightsOnSessions()));
      findings.addAll(
          new Rights(api, spec.target().namespace()).examine(ClusterSession.rightsOnLeases()));
    } catch (KubeApi.NoAnswerException e) {
      findings.add(ClusterFindings.unanswered(e));
    }
    return findings;
  }
}
