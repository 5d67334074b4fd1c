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

/** Verifies a gate before traffic shifts; changes nothing. */
final class Planning {
  private final CanaryGateCommand command;
  private final GateOptions gate;
  private final EvidenceOptions evidence;
  private final SessionPlace session;

  /**
   * @param session where the state will be kept
   */
  Planning(
      CanaryGateCommand command, GateOptions gate, EvidenceOptions evidence, SessionPlace session) {
    this.command = command;
    this.gate = gate;
    this.evidence = evidence;
    this.session = session;
  }

  /**
   * What was found.
   *
   * @throws Misuse for what is wrong with the gate file or the flags
   */
  Findings findings() {
    Gate read = GateFiles.read(gate);
    GateSpec spec = read.spec();
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("gate file", gate.gate() + " is in order"));
    Needs needs = new Needs(spec);
    needs.lines().forEach(line -> findings.add(Finding.ok("needs", line)));
    needs
        .tooLong()
        .ifPresent(
            why -> findings.add(Finding.error("needs", why, "see timeouts.total and the checks")));
    try (CommandAccess access = new CommandAccess(command, spec, gate, evidence)) {
      findings.addAll(new GateWiring(read, spec, access).preflight(command.surroundings().clock()));
      session.configMap().ifPresent(name -> findings.addAll(rights(access, name, spec)));
    }
    return new Findings(spec.name(), findings);
  }

  /** What a session in a ConfigMap takes. */
  private List<Finding> rights(
      CommandAccess access, ConfigMapSessionStore.Name name, GateSpec spec) {
    KubernetesClient rollouts = access.cluster().client();
    KubeApi sessions = new KubeApi(session.ownCluster() ? access.ownCluster() : rollouts);
    List<Finding> findings = new ArrayList<>();
    try {
      findings.addAll(
          new Rights(sessions, name.namespace()).examine(ClusterSession.rightsOnSessions()));
      findings.addAll(
          new Rights(new KubeApi(rollouts), spec.target().namespace())
              .examine(ClusterSession.rightsOnLeases()));
    } catch (KubeApi.NoAnswerException e) {
      findings.add(ClusterFindings.unanswered(e));
    }
    return findings;
  }

  /** A line for each finding on standard output. */
  void say(Findings found) {
    Colours colours = new Colours(command.surroundings().terminal().colour());
    found.lines().forEach(line -> command.surroundings().out().println(colours.verdicts(line)));
  }
}
