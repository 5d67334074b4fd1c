package io.jenkins.plugins.canarygate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cluster and a Honeycomb for a command that runs elsewhere, in the image for one: {@code
 * CommandStage FOLDER CANARIES}. The folder gets a kubeconfig, two gate files and {@code env}, the
 * variables that the command needs, one a line; {@code env} comes last. The canaries {@code
 * shop/canary-0}… wait at a pause with a good analysis. It stays until its input ends.
 */
public final class CommandStage {
  private CommandStage() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0])).toAbsolutePath();
    try (CommandBench bench = new CommandBench(folder)) {
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
