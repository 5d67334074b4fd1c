package io.jenkins.plugins.canarygate.bench;

import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads and validates a gate file of many checks: {@code GateFileBench CHECKS ROUNDS}. */
public final class GateFileBench {
  private GateFileBench() {}

  public static void main(String[] args) throws GateFileException {
    int checks = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    byte[] file = file(checks).getBytes(StandardCharsets.UTF_8);
    double cold = millis(file, checks);
    for (int round = 0; round < rounds; round++) {
      millis(file, checks);
    }
    double[] warm = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      warm[round] = millis(file, checks);
    }
    System.out.println("| checks | bytes | cold ms | number warm | min ms | p50 | p99 | max |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    System.out.println(
        "| "
            + checks
            + " | "
            + file.length
            + " | "
            + Spread.text(cold)
            + " | "
            + Spread.of(warm).cells()
            + " |");
  }

  private static double millis(byte[] file, int checks) throws GateFileException {
    long begin = System.nanoTime();
    Gate gate = GateFile.read(file, "gate.yaml", Map.of("image", "registry.example/app:2"));
    double millis = (System.nanoTime() - begin) / 1e6;
    if (gate.spec().checks().size() != checks) {
      throw new IllegalStateException("not all checks were read");
    }
    return millis;
  }

  private static String file(int checks) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: canary-gate/v1
            kind: Gate
            metadata: {name: checkout}
            spec:
              parameters: {image: {required: true}}
              rollout:
                argo: {namespace: shop, name: checkout}
                revision: {container: app, image: "${image}"}
              cohorts:
                canary: {honeycomb: [{column: rs, op: "=", value: "checkout-${rollout.canary}"}]}
                stable: {honeycomb: [{column: rs, op: "=", value: "checkout-${rollout.stable}"}]}
              defaults: {window: 5m, interval: 1m, count: 5, minimumSamples: 200}
              score: {pass: 90, warn: 75}
              checks:
            """);
    for (int check = 0; check < checks; check++) {
      text.append(
          """
              - name: check %1$d
                honeycomb:
                  dataset: checkout
                  query:
                    calculations: [{op: AVG, column: error_%1$d}]
                    filters: [{column: route, op: "=", value: "/cart/%1$d"}]
                fail: [{value: "> 1%%"}, {ratio: "> 1.5", value: "> 0.2%%"}]
                warn: "> 0.5%%"
                weight: 2
          """
              .formatted(check));
    }
    return text.toString();
  }
}
