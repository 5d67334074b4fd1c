package io.jenkins.plugins.canarygate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code serve}: the gate server. It names no type of the server: other commands load none. */
@Command(
    name = "serve",
    description = {
      "The gate server: answers Flagger's webhooks from the decisions that gates have recorded on"
          + " the Canaries, and Argo's and Flagger's metric providers from named checks. It writes"
          + " Leases of its own and the Keptn Analyses that named checks ask for, keeps nothing that"
          + " may not be lost, and runs in any number of replicas. SIGTERM ends it with exit code 0 once it has"
          + " answered what was asked.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      " 0:stopped by SIGTERM or SIGINT",
      " 1:a crash",
      " 2:it cannot start: the flags, an address, the certificate or the cluster's configuration"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate serve",
      "  canary-gate serve --namespace shop,cart --tls-cert tls.crt --tls-key tls.key",
      "  canary-gate serve --listen 127.0.0.1:0 --flagger-listen 127.0.0.1:0 --context staging"
    })
final class ServeCommand implements Callable<Integer> {
  @ParentCommand private CanaryGateCommand parent;
  @Mixin private ServeOptions options;

  @Override
  public Integer call() {
    return new Serving(parent, options).serve();
  }
}
