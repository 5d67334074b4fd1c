package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.TlsFront;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A cluster, which speaks TLS as real ones do, and a Honeycomb for a command that runs elsewhere,
 * in the image for one: {@code CommandStage FOLDER CANARIES}. The folder gets a kubeconfig, two
 * gate files and {@code env}, the variables that the command needs, one a line; {@code env} comes
 * last. The canaries {@code shop/canary-0}… wait at a pause with a good analysis. It stays until
 * its input ends.
 */
public final class CommandStage {
  private CommandStage() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0])).toAbsolutePath();
    Path certificates = Files.createTempDirectory("certificates");
    try (CommandBench bench = new CommandBench(folder);
        TlsFront tls = new TlsFront(certificates, URI.create(bench.cluster.url()).getPort())) {
      String trusted =
          Base64.getEncoder().encodeToString(tls.certificate().getBytes(StandardCharsets.US_ASCII));
      bench.write(
          "config",
          CommandBench.kubeconfig(tls.url(), SandboxCluster.TOKEN)
              .replace("server:", "certificate-authority-data: \"" + trusted + "\", server:"));
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        bench.pausedCanary("canary-" + i, CommandBench.GOOD);
      }
      // check asks Honeycomb and no cluster, run the cluster and no Honeycomb.
      bench.honeycombGate();
      bench.write(
          "gate.yaml",
          """
          apiVersion: canary-gate/v1
          kind: Gate
          metadata: {name: checkout}
          spec:
            parameters:
              name: {default: canary-0}
              image: {default: registry.example/app:2}
            rollout:
              argo: {namespace: shop, name: "${name}"}
              revision: {container: app, image: "${image}"}
            checks:
              - name: argo agrees
                argo: {analysisRuns: required}
          """);
      StringBuilder variables = new StringBuilder();
      bench.env.forEach((name, value) -> variables.append(name + "=" + value + "\n"));
      Files.move(bench.write("env.new", variables.toString()), folder.resolve("env"));
      while (System.in.read() >= 0) {
        // Whoever started it still holds the other end.
      }
    }
  }
}
