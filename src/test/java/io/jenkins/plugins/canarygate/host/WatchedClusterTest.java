package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.jenkins.plugins.canarygate.cli.FewThreadsHttp;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Watches of an API server over HTTP")
@ParameterizedClass
@ValueSource(classes = {FewThreadsHttp.class, OkHttpClientFactory.class})
class WatchedClusterTest {
  private static final WakeUps.Kind ROLLOUTS =
      new WakeUps.Kind("argoproj.io", "v1alpha1", "Rollout", "rollouts");

  private SandboxCluster cluster = new SandboxCluster(Clock.systemUTC());
  private final KubernetesClient client;
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final Timers timers = new SystemTimers();
  private final RolloutWatches watches =
      RolloutWatches.of(new SystemClock(), timers, pool, new Random(5));
  private final BlockingQueue<String> woken = new LinkedBlockingQueue<>();

  WatchedClusterTest(Class<? extends HttpClient.Factory> http) throws ReflectiveOperationException {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(cluster.url())
            .withOauthToken(SandboxCluster.TOKEN)
            .build();
    client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(http.getConstructor().newInstance())
            .withConfig(config)
            .build();
  }

  @AfterEach
  void close() {
    watches.close();
    timers.close();
    pool.shutdown();
    client.close();
    cluster.close();
  }

  private SandboxRollout rollout(String name) {
    return cluster.rollout("shop", name).create();
  }

  private Timers.Cancellable gate(String name) {
    return watches.subscribe(
        new WakeUps.Topic(client, ROLLOUTS, "shop", name), () -> woken.add(name));
  }

  private void change(String name) {
    cluster
        .existing("shop", name)
        .patch("{\"metadata\":{\"labels\":{\"changed\":\"" + System.nanoTime() + "\"}}}");
  }

  private void awaitWake(String name) throws InterruptedException {
    String next = woken.poll(20, TimeUnit.SECONDS);
    assertThat(next).isEqualTo(name);
  }

  /** Changes the object until a watch tells: one that is being opened may miss the first. */
  private void awaitWakesAgain(String name) throws InterruptedException {
    woken.clear();
    String next = null;
    for (int attempt = 0; attempt < 200 && !name.equals(next); attempt++) {
      change(name);
      next = woken.poll(200, TimeUnit.MILLISECONDS);
    }
    assertThat(next).isEqualTo(name);
  }

  // Yields rather than sleeps: what is awaited happens on the server's threads within moments.
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it comes about within 20 s").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  // The server sees that nobody listens any more when it has something to say.
  private void awaitWatches(int number) {
    await(
        () -> {
          cluster.sendBookmarks();
          return cluster.openWatches() == number;
        });
  }

  private List<RecordedRequest> watchRequests() {
    return cluster.requests().stream().filter(request -> request.call() == Call.WATCH).toList();
  }

  @Test
  void aChangeOfTheObjectWakesItsGate() throws InterruptedException {
    rollout("checkout");
    gate("checkout");
    awaitWake("checkout");

    change("checkout");

    awaitWake("checkout");
    assertThat(watchRequests())
        .allSatisfy(
            request ->
                assertThat(request.query().toString())
                    .contains("metadata.name")
                    .contains("checkout"));
  }

  @Test
  void anObjectThatIsNotThereYetWakesItsGateWhenItComes() throws InterruptedException {
    gate("checkout");
    awaitWake("checkout");

    rollout("checkout");

    awaitWake("checkout");
  }

  @Test
  void itIsKnownWhetherAWatchIsOpen() throws InterruptedException {
    WakeUps.Topic checkout = new WakeUps.Topic(client, ROLLOUTS, "shop", "checkout");
    assertThat(watches.watched(checkout)).isFalse();
    gate("checkout");
    awaitWake("checkout");
    assertThat(watches.watched(checkout)).isTrue();
    assertThat(watches.watched(new WakeUps.Topic(client, ROLLOUTS, "shop", "cart"))).isFalse();
    gate("cart");
    await(() -> watches.watched(new WakeUps.Topic(client, ROLLOUTS, "shop", "cart")));

    cluster.faults().on(Call.WATCH, Fault.status(500)).untilCleared();
    // A watch that was being opened when the fault began may still come: it is dropped as well.
    await(
        () -> {
          cluster.dropWatches();
          return !watches.watched(checkout);
        });
    cluster.faults().clear();
    await(() -> watches.watched(checkout));
  }

  @Test
  void brokenConnectionsAreOpenedAgain() throws InterruptedException {
    rollout("checkout");
    gate("checkout");
    awaitWake("checkout");

    cluster.dropWatches();

    awaitWake("checkout");
    awaitWakesAgain("checkout");
    awaitWatches(1);
  }

  @Test
  void aWatchThatIsToldGoneBeginsAnew() throws InterruptedException {
    rollout("checkout");
    gate("checkout");
    awaitWake("checkout");

    cluster.expireWatches();

    awaitWake("checkout");
    awaitWakesAgain("checkout");
    awaitWatches(1);
  }

  @Test
  void aPlaceThatIsNoLongerKnownIsGivenUp() throws InterruptedException {
    rollout("checkout");
    gate("checkout");
    awaitWake("checkout");
    change("checkout");
    awaitWake("checkout");
    cluster.faults().on(Call.WATCH, Fault.status(500)).untilCleared();
    cluster.dropWatches();
    change("checkout");
    cluster.compactHistory();

    cluster.faults().clear();

    awaitWakesAgain("checkout");
    awaitWatches(1);
  }

  @Test
  void aServerThatGoesAwayIsFoundWhenItComesBack() throws InterruptedException {
    rollout("checkout");
    gate("checkout");
    awaitWake("checkout");
    int port = URI.create(cluster.url()).getPort();

    cluster.close();
    cluster = new SandboxCluster(Clock.systemUTC(), port);
    rollout("checkout");

    awaitWake("checkout");
    awaitWakesAgain("checkout");
  }

  @Test
  void answersThatAreNoneAreBorne() throws InterruptedException {
    rollout("checkout");
    cluster.faults().on(Call.LIST_ROLLOUTS, Fault.NOT_JSON);
    cluster.faults().on(Call.LIST_ROLLOUTS, Fault.WRONG_TYPE);
    cluster.faults().on(Call.LIST_ROLLOUTS, Fault.RESET);
    gate("checkout");

    awaitWake("checkout");
    awaitWakesAgain("checkout");
  }

  @Test
  void fiftyGatesOfANamespaceTakeOneWatch() throws InterruptedException {
    for (int number = 0; number < 50; number++) {
      rollout("app-" + number);
      gate("app-" + number);
    }
    awaitWakesAgain("app-33");

    awaitWatches(1);
    awaitWakesAgain("app-49");
    awaitWatches(1);
  }

  @Test
  void aForbiddenNamespaceIsWatchedObjectByObject() throws InterruptedException {
    rollout("checkout");
    rollout("cart");
    gate("checkout");
    awaitWake("checkout");
    cluster.faults().on(Call.LIST_ROLLOUTS, Fault.status(403));

    gate("cart");

    awaitWake("cart");
    awaitWatches(2);
    awaitWakesAgain("checkout");
    awaitWakesAgain("cart");
  }

  /** A gate in each of six namespaces; they are woken as {@code team-N}. */
  private List<Timers.Cancellable> sixTeams() {
    return IntStream.rangeClosed(1, 6)
        .mapToObj(number -> "team-" + number)
        .map(
            team -> {
              cluster.rollout(team, "app").create();
              return watches.subscribe(
                  new WakeUps.Topic(client, ROLLOUTS, team, "app"), () -> woken.add(team));
            })
        .toList();
  }

  private void changeTeam(String team) {
    cluster
        .existing(team, "app")
        .patch("{\"metadata\":{\"labels\":{\"changed\":\"" + System.nanoTime() + "\"}}}");
  }

  private List<RecordedRequest> requestsOfTheCluster() {
    return cluster.requests().stream()
        .filter(request -> request.path().equals("/apis/argoproj.io/v1alpha1/rollouts"))
        .toList();
  }

  @Test
  void gatesInManyNamespacesTakeOneWatchOfTheWholeCluster() throws InterruptedException {
    List<Timers.Cancellable> gates = sixTeams();
    await(() -> requestsOfTheCluster().size() == 2);
    awaitWatches(1);
    woken.clear();

    changeTeam("team-2");
    changeTeam("team-6");

    awaitWake("team-2");
    awaitWake("team-6");
    assertThat(watches.watched(new WakeUps.Topic(client, ROLLOUTS, "team-4", "app"))).isTrue();
    gates.forEach(Timers.Cancellable::cancel);
    awaitWatches(0);
  }

  @Test
  void whereARoleAllowsNamespacesAloneEachHasItsWatch() throws InterruptedException {
    for (int number = 1; number <= 6; number++) {
      cluster
          .rights()
          .grantIn(
              "team-" + number, "argoproj.io", Set.of("rollouts"), Set.of("get", "list", "watch"));
    }
    sixTeams();

    awaitWatches(6);
    await(() -> requestsOfTheCluster().size() == 1);
    woken.clear();
    changeTeam("team-5");

    awaitWake("team-5");
    awaitWatches(6);
    assertThat(requestsOfTheCluster()).hasSize(1);
  }

  @Test
  void theLastGateTakesTheWatchAlong() throws InterruptedException {
    rollout("checkout");
    Timers.Cancellable gate = gate("checkout");
    awaitWake("checkout");
    awaitWatches(1);

    gate.cancel();

    awaitWatches(0);
    assertThat(woken).isEmpty();
  }

  @Test
  void aBookmarkWakesNobody() throws InterruptedException {
    rollout("checkout");
    gate("checkout");
    awaitWake("checkout");

    cluster.sendBookmarks();
    change("checkout");

    awaitWake("checkout");
    assertThat(woken).isEmpty();
  }
}
