package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.server.GateServer;
import io.jenkins.plugins.canarygate.server.Port;
import io.jenkins.plugins.canarygate.server.ServerMetrics;
import io.jenkins.plugins.canarygate.server.ServerPart;
import io.jenkins.plugins.canarygate.server.ServerSettings;
import io.jenkins.plugins.canarygate.server.StartFaults;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The gate server of one process, from its flags to its end. */
final class Serving {
  /** Flagger waits for 10 s; within that a hook needs two answers of the API server. */
  private static final int REQUEST_MILLIS = 3_000;

  private static final int TO_CLOSE_SECONDS = 45;

  private final Surroundings surroundings;
  private final Secrets secrets;
  private final ServeOptions options;

  Serving(CanaryGateCommand command, ServeOptions options) {
    this.surroundings = command.surroundings();
    this.secrets = command.secrets();
    this.options = options;
  }

  /**
   * Serves until the process is told to stop.
   *
   * @throws Misuse if it cannot start; all that is wrong is named at once
   */
  int serve() {
    List<String> faults = new ArrayList<>();
    ServerSettings settings = new ServeSettings(options, faults).read();
    Optional<Config> config = config(faults);
    ServerMetrics metrics = new ServerMetrics();
    if (config.isEmpty()) {
      throw cannotStart(settings, metrics, faults);
    }
    try (KubernetesClient client =
        new KubernetesClientFactory(surroundings, secrets).client(config.get())) {
      List<ServerPart> parts = parts(client, metrics, faults);
      if (!faults.isEmpty()) {
        throw cannotStart(settings, metrics, faults);
      }
      try (GateServer server = GateServer.open(settings, metrics, parts, this::say)) {
        return run(server);
      }
    } catch (StartFaults e) {
      throw new Misuse(e.lines());
    }
  }

  private int run(GateServer server) {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    surroundings.shutdown().onStop(() -> stop(asked, ended));
    try {
      server.start();
      say("listening at " + server.url(Port.GATE) + " for probes, Prometheus and controllers");
      say("listening at " + server.url(Port.FLAGGER) + " for Flagger's webhooks");
      asked.await();
      say("stopping: no longer ready, answers for " + options.drainSeconds() + " s more");
      server.stop();
      say("stopped");
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted while serving", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new Failure("the server cannot run: " + e.getMessage(), e);
    } finally {
      ended.countDown();
    }
  }

  /** Runs on the process's last thread: once it returns, or halts, all is over. */
  private void stop(CountDownLatch asked, CountDownLatch ended) {
    asked.countDown();
    boolean closed = false;
    try {
      closed = ended.await(options.drainSeconds() + TO_CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    surroundings.out().flush();
    surroundings.err().flush();
    surroundings.shutdown().halt(closed ? 0 : Failure.EXIT_CODE);
  }

  private Optional<Config> config(List<String> faults) {
    try {
      Config config =
          new KubernetesClientFactory(surroundings, secrets)
              .config(options.kubeconfig(), options.context());
      config.setRequestTimeout(REQUEST_MILLIS);
      config.setConnectionTimeout(REQUEST_MILLIS);
      return Optional.of(config);
    } catch (Misuse e) {
      faults.addAll(e.lines());
      return Optional.empty();
    }
  }

  private List<ServerPart> parts(
      KubernetesClient client, ServerMetrics metrics, List<String> faults) {
    try {
      return new ServeParts(options, surroundings, secrets, this::say).make(client, metrics);
    } catch (Misuse e) {
      faults.addAll(e.lines());
      return List.of();
    }
  }

  /** Where it cannot start anyway: what else would have stood in the way. */
  private Misuse cannotStart(ServerSettings settings, ServerMetrics metrics, List<String> faults) {
    try {
      GateServer.open(settings, metrics, List.of(), this::say).close();
    } catch (StartFaults e) {
      faults.addAll(e.lines());
    }
    return new Misuse(faults);
  }

  private void say(String line) {
    String when = surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
    synchronized (surroundings.out()) {
      surroundings.out().println(when + " " + secrets.scrub(line));
      surroundings.out().flush();
    }
  }
}
