package io.jenkins.plugins.canarygate.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.server.GateServer;
import io.jenkins.plugins.canarygate.server.Limits;
import io.jenkins.plugins.canarygate.server.ListenAddress;
import io.jenkins.plugins.canarygate.server.Port;
import io.jenkins.plugins.canarygate.server.ServerMetrics;
import io.jenkins.plugins.canarygate.server.ServerSettings;
import io.jenkins.plugins.canarygate.server.flagger.FlaggerHooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The gate server, as {@code canary-gate serve} runs it, in this process. */
public final class GateServerHere implements AutoCloseable {
  private static final int PER_SECOND = 1000;

  private final KubernetesClient client;
  private final GateServer server;

  public GateServerHere(SandboxCluster cluster) throws Exception {
    this(config(cluster));
  }

  /** On the cluster of a configuration. */
  public GateServerHere(Config config) throws Exception {
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    ServerMetrics metrics = new ServerMetrics();
    ServerSettings settings =
        new ServerSettings(
            ListenAddress.of("127.0.0.1:0"),
            ListenAddress.of("127.0.0.1:0"),
            Optional.empty(),
            Limits.of(PER_SECOND),
            Limits.of(PER_SECOND),
            Duration.ZERO);
    FlaggerHooks hooks =
        new FlaggerHooks(client, List.of(), metrics, InstantSource.system(), line -> {});
    this.server = GateServer.open(settings, metrics, List.of(hooks), line -> {});
    server.start();
  }

  private static Config config(SandboxCluster cluster) {
    Config config = Config.empty();
    config.setMasterUrl(cluster.url());
    config.setOauthToken(cluster.token());
    return config;
  }

  /** Where Flagger's webhooks point. */
  public String url() {
    return server.url(Port.FLAGGER);
  }

  @Override
  public void close() {
    server.stop();
    server.close();
    client.close();
  }
}
