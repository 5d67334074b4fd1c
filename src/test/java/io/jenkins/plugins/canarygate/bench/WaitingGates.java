package io.jenkins.plugins.canarygate.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.cli.FewThreadsHttp;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.host.GateJob;
import io.jenkins.plugins.canarygate.host.GateListener;
import io.jenkins.plugins.canarygate.host.MemorySessionStore;
import io.jenkins.plugins.canarygate.host.WakeUps;
import io.jenkins.plugins.canarygate.rollout.argo.ArgoRolloutDriver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Many gates in one process, each with its own gate file, driver and session, all with one client.
 * They wait for the rollouts' second pause; their check is answered at once, so that what is
 * measured is the gate and not what it asks.
 */
final class WaitingGates implements AutoCloseable {
  private static final WakeUps.Kind ROLLOUTS =
      new WakeUps.Kind("argoproj.io", "v1alpha1", "Rollout", "rollouts");

  private static final String FILE =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: "${name}"}
      spec:
        parameters: {namespace: {required: true}, name: {required: true}}
        rollout:
          argo: {namespace: "${namespace}", name: "${name}"}
          revision: any
        at: {step: 3}
        checks:
          - name: argo agrees
            argo: {analysisRuns: required}
        timeouts: {start: 4h, total: 8h}
      """;

  /** Evidence that is already there: what the gate makes of it is measured, not the asking. */
  private static final EvidenceSource DECIDED =
      new EvidenceSource() {
        @Override
        public Preparation prepare(EvidenceContext context) {
          return Preparation.READY;
        }

        @Override
        public Map<String, Reading> measure(
            List<EvidenceRequest> requests, EvidenceContext context) {
          return requests.stream()
              .collect(
                  Collectors.toMap(
                      EvidenceRequest::check,
                      request -> Reading.Answer.judged(Grade.PASS, "2 runs, all successful")));
        }
      };

  private final KubernetesClient client;
  private final GateHost host = GateHost.system();
  private final LongAdder looked = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final List<String> surprises = new ArrayList<>();
  private int started;

  WaitingGates(String url, String token) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url)
            .withOauthToken(token)
            .withRequestRetryBackoffLimit(0)
            .build();
    client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(new FewThreadsHttp())
            .withConfig(config)
            .build();
  }

  /** Starts one gate for each rollout of the fleet. */
  void start(String prefix, int namespaces, int each) throws GateFileException {
    for (int i = 0; i < namespaces * each; i++) {
      start(prefix + "-" + i % namespaces, "app-" + i / namespaces);
      started++;
    }
  }

  private void start(String namespace, String name) throws GateFileException {
    GateSpec spec =
        GateFile.read(
                FILE.getBytes(StandardCharsets.UTF_8),
                "gate.yaml",
                Map.of("namespace", namespace, "name", name))
            .spec();
    host.start(
        new GateJob(
            spec,
            GateSession.begin(spec, spec.gateId(), host.clock().now()),
            Optional.of(new ArgoRolloutDriver(client, spec.target(), spec.gateId())),
            Optional.empty(),
            Map.of(spec.checks().get(0).name(), DECIDED),
            Optional.empty(),
            new MemorySessionStore(),
            new Counting(),
            Optional.of(new WakeUps.Topic(client, ROLLOUTS, namespace, name))));
  }

  int started() {
    return started;
  }

  /** How many have seen their rollout. */
  long looked() {
    return looked.sum();
  }

  /** How many have ended. */
  long ended() {
    return ended.sum();
  }

  /** What went otherwise than it should. */
  List<String> surprises() {
    synchronized (surprises) {
      return List.copyOf(surprises);
    }
  }

  private void surprise(String what) {
    synchronized (surprises) {
      surprises.add(what);
    }
  }

  private final class Counting implements GateListener {
    @Override
    public void stepped(GateSession before, GateSession after, Step step) {
      if (before.view().isEmpty() && after.view().isPresent()) {
        looked.increment();
      }
      if (!before.ended() && after.ended()) {
        ended.increment();
        if (!after.ending().orElseThrow().verdict().isGood()) {
          surprise(after.gate() + ": " + after.ending().get());
        }
      }
    }

    @Override
    public void problem(GateSession session, String what) {
      surprise(session.gate() + ": " + what);
    }

    @Override
    public void crashed(GateSession session, Throwable cause) {
      surprise(session.gate() + " crashed: " + cause);
    }
  }

  @Override
  public void close() {
    host.close();
    client.close();
  }
}
