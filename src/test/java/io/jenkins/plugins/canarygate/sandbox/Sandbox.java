package io.jenkins.plugins.canarygate.sandbox;

import java.time.Instant;
import java.time.InstantSource;

/** A cluster and a Honeycomb on the same clock. */
public final class Sandbox implements AutoCloseable {
  private final SandboxCluster cluster;
  private final SandboxHoneycomb honeycomb;

  public Sandbox(InstantSource clock) {
    cluster = new SandboxCluster(clock);
    honeycomb = new SandboxHoneycomb(clock);
  }

  public SandboxCluster cluster() {
    return cluster;
  }

  public SandboxHoneycomb honeycomb() {
    return honeycomb;
  }

  /**
   * A rollout that has been waiting at a pause for some time, with telemetry of both revisions
   * behind it: the column {@code k8s.replicaset.name} in the dataset of the rollout's name.
   *
   * @param since when the canary got its traffic
   * @param stableErrors share of errors of the stable revision
   * @param canaryErrors share of errors of the canary
   */
  public SandboxRollout waiting(
      String namespace, String name, Instant since, double stableErrors, double canaryErrors) {
    SandboxRollout rollout =
        cluster
            .rollout(namespace, name)
            .canary()
            .steps(Step.setWeight(20), Step.pause(), Step.setWeight(60), Step.pause("5m"))
            .image("registry.example/" + name + ":1")
            .create()
            .deploy("registry.example/" + name + ":2")
            .pausedSince(since);
    String column = "k8s.replicaset.name";
    honeycomb
        .dataset(name)
        .service(column, name + "-" + rollout.stableHash(), since.minusSeconds(3600))
        .perMinute(480)
        .errorRate(stableErrors);
    honeycomb
        .dataset(name)
        .service(column, name + "-" + rollout.currentHash(), since)
        .perMinute(120)
        .errorRate(canaryErrors);
    return rollout;
  }

  @Override
  public void close() {
    cluster.close();
    honeycomb.close();
  }
}
