package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.cli.FewThreadsHttp;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.host.ScriptedEngine.Answer;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Write;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Many gates in one process")
class ManyGatesTest {
  private static final int GATES = 500;
  private static final int NAMESPACES = 10;

  private volatile CountDownLatch looks = new CountDownLatch(0);

  /** Reads the Rollout that its gate waits for, and nothing else. */
  private record Reader(KubernetesClient client, String namespace, String name)
      implements RolloutDriver {
    @Override
    public Observation look(Question question) {
      client.raw("/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/rollouts/" + name);
      return Samples.observation(question.now(), name);
    }

    @Override
    public Optional<Write> next(Intent intent, Observation fresh) {
      return Optional.empty();
    }

    @Override
    public Receipt send(Write write) {
      return Receipt.DONE;
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        // The simulated server's are not ours.
        .filter(thread -> !thread.getName().startsWith("sandbox"))
        .filter(thread -> !thread.getName().startsWith("HTTP-Dispatcher"))
        .collect(Collectors.toSet());
  }

  @Test
  void waitOnAFewThreadsAndOneWatchOfTheCluster() throws Exception {
    Set<Thread> before = threads();
    try (SandboxCluster cluster = new SandboxCluster(Clock.systemUTC());
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withHttpClientFactory(new FewThreadsHttp())
                .withConfig(
                    new ConfigBuilder(Config.empty())
                        .withMasterUrl(cluster.url())
                        .withOauthToken(SandboxCluster.TOKEN)
                        .build())
                .build();
        GateHost host = GateHost.system(spec -> lookAndWait())) {
      for (int gate = 0; gate < GATES; gate++) {
        cluster.rollout("team-" + gate % NAMESPACES, "app-" + gate).create();
      }
      looks = new CountDownLatch(GATES);
      List<RunningGate> gates = new ArrayList<>();
      for (int gate = 0; gate < GATES; gate++) {
        gates.add(start(host, client, "team-" + gate % NAMESPACES, "app-" + gate));
      }
      assertThat(looks.await(60, TimeUnit.SECONDS)).isTrue();

      Set<Thread> ours = threads();
      ours.removeAll(before);
      assertThat(ours).hasSizeLessThanOrEqualTo(40);
      assertThat(widelyWatched(cluster)).hasSize(1);
      assertThat(host.running()).isEqualTo(GATES);

      looks = new CountDownLatch(1);
      cluster
          .existing("team-3", "app-333")
          .patch("{\"metadata\":{\"labels\":{\"changed\":\"1\"}}}");
      assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private StepFunction lookAndWait() {
    return new ScriptedEngine()
        .on(Seen.Began.class, new Todo.Look())
        .on(
            Seen.Looked.class,
            (session, seen) -> {
              looks.countDown();
              return Answer.of(session).at(session.endBy());
            });
  }

  private static RunningGate start(
      GateHost host, KubernetesClient client, String namespace, String name) {
    return host.start(
        new JobBuilder(host.clock())
            .driver(new Reader(client, namespace, name))
            .topic(
                new WakeUps.Topic(
                    client,
                    new WakeUps.Kind("argoproj.io", "v1alpha1", "Rollout", "rollouts"),
                    namespace,
                    name))
            .build());
  }

  // Each namespace begins with a watch of its first object and then has one of everything.
  private static List<RecordedRequest> widelyWatched(SandboxCluster cluster) {
    return cluster.requests().stream()
        .filter(request -> request.call() == Call.WATCH)
        .filter(request -> !request.query().containsKey("fieldSelector"))
        .toList();
  }

  @Test
  void takeLittleMemoryEachWhileTheyWait() {
    VirtualTime time = new VirtualTime();
    GateHost host =
        new GateHost(
            time.parts(WakeUps.none()),
            spec ->
                (session, moment, seen) ->
                    new io.jenkins.plugins.canarygate.gate.Step(
                        session,
                        seen instanceof Seen.Began ? List.of(new Todo.Look()) : List.of(),
                        session.endBy(),
                        false));
    List<RunningGate> gates = new ArrayList<>();
    long before = usedAfterCollection();
    for (int gate = 0; gate < 5000; gate++) {
      gates.add(host.start(new JobBuilder(time).driver(new FakeDriver("calm " + gate)).build()));
    }
    time.advance(Duration.ofMinutes(1));

    long each = (usedAfterCollection() - before) / gates.size();

    assertThat(host.running()).isEqualTo(5000);
    // 256 MB for 5,000 gates leave 50 kB each; the host's own part must be a small one of it.
    assertThat(each).isLessThan(12_000);
  }

  private static long usedAfterCollection() {
    for (int round = 0; round < 3; round++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
