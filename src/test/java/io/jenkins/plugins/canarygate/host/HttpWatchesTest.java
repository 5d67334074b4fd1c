package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.jenkins.plugins.canarygate.cli.FewThreadsHttp;
import io.jenkins.plugins.canarygate.host.WatchConnector.WatchFailure;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the JDK's HTTP as the command has it, and with OkHttp as Jenkins has it. */
@ParameterizedClass
@ValueSource(classes = {FewThreadsHttp.class, OkHttpClientFactory.class})
class HttpWatchesTest {
  private final SandboxCluster cluster = new SandboxCluster(Clock.systemUTC());
  private final KubernetesClient client;
  private final HttpWatches watches = new HttpWatches();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private volatile String place;
  private final WatchConnector.Events events =
      new WatchConnector.Events() {
        @Override
        public void at(String resourceVersion) {
          place = resourceVersion;
        }

        @Override
        public void changed(String namespace, String name) {
          heard.add(namespace + "/" + name);
        }

        @Override
        public void ended(WatchFailure why) {
          heard.add(why.kind().name());
        }
      };

  HttpWatchesTest(Class<? extends HttpClient.Factory> http) throws ReflectiveOperationException {
    client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(http.getConstructor().newInstance())
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl(cluster.url())
                    .withOauthToken(SandboxCluster.TOKEN)
                    .build())
            .build();
  }

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  private WatchConnector.Connection open(Optional<String> name, Optional<String> from)
      throws WatchFailure {
    return open("shop", name, from);
  }

  private WatchConnector.Connection open(
      String namespace, Optional<String> name, Optional<String> from) throws WatchFailure {
    return watches.open(
        new WatchConnector.Selection(
            client,
            new WakeUps.Kind("argoproj.io", "v1alpha1", "Rollout", "rollouts"),
            namespace,
            name),
        from,
        events);
  }

  private void change(String name) {
    change("shop", name);
  }

  private void change(String namespace, String name) {
    cluster
        .existing(namespace, name)
        .patch("{\"metadata\":{\"labels\":{\"a\":\"" + place + "\"}}}");
  }

  private String next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  /**
   * The server may answer before it has entered the watch in its list: it is told until it heard.
   */
  private String nextAfter(Runnable what) throws InterruptedException {
    String said = null;
    for (int tries = 0; said == null && tries < 200; tries++) {
      what.run();
      said = heard.poll(100, TimeUnit.MILLISECONDS);
    }
    return said;
  }

  private WatchFailure refusal(Optional<String> from) {
    return catchThrowableOfType(WatchFailure.class, () -> open(Optional.empty(), from));
  }

  @Test
  void whatIsThereAlreadyIsNotSentOnceMore() throws Exception {
    for (int number = 0; number < 20; number++) {
      cluster.rollout("shop", "app-" + number).create();
    }
    open(Optional.empty(), Optional.empty());

    change("app-7");

    assertThat(next()).isEqualTo("shop/app-7");
  }

  @Test
  void theNameAloneIsWatchedWhereOneIsGiven() throws Exception {
    cluster.rollout("shop", "checkout").create();
    cluster.rollout("shop", "cart").create();
    open(Optional.of("cart"), Optional.empty());

    change("checkout");
    change("cart");

    assertThat(next()).isEqualTo("shop/cart");
  }

  @Test
  void aWatchOfTheWholeClusterTellsOfEveryNamespaceByName() throws Exception {
    cluster.rollout("shop", "checkout").create();
    cluster.rollout("pay", "checkout").create();
    open("", Optional.empty(), Optional.empty());

    change("pay", "checkout");
    change("shop", "checkout");
    cluster.rollout("new", "cart").create();

    assertThat(next()).isEqualTo("pay/checkout");
    assertThat(next()).isEqualTo("shop/checkout");
    assertThat(next()).isEqualTo("new/cart");
    assertThat(cluster.requests())
        .extracting(RecordedRequest::path)
        .containsOnly("/apis/argoproj.io/v1alpha1/rollouts");
  }

  @Test
  void whoeverMayOnlyWatchANamespaceIsRefusedTheClusterAndTold() throws Exception {
    cluster
        .rights()
        .grantIn("shop", "argoproj.io", Set.of("rollouts"), Set.of("get", "list", "watch"));
    cluster.rollout("shop", "checkout").create();

    WatchFailure refused =
        catchThrowableOfType(
            WatchFailure.class, () -> open("", Optional.empty(), Optional.empty()));

    assertThat(refused.kind()).isEqualTo(WatchFailure.Kind.FORBIDDEN);
    open("shop", Optional.empty(), Optional.empty());
    change("checkout");
    assertThat(next()).isEqualTo("shop/checkout");
  }

  @Test
  void nothingIsMissedFromOneWatchToTheNext() throws Exception {
    cluster.rollout("shop", "checkout").create();
    WatchConnector.Connection first = open(Optional.of("checkout"), Optional.empty());
    change("checkout");
    assertThat(next()).isEqualTo("shop/checkout");
    String until = place;
    first.close();
    assertThat(next()).isEqualTo("LOST");
    change("checkout");

    open(Optional.of("checkout"), Optional.of(until));

    assertThat(next()).isEqualTo("shop/checkout");
    assertThat(place).isNotEqualTo(until);
  }

  @Test
  void aDeletedObjectIsAChange() throws Exception {
    cluster.rollout("shop", "checkout").create();
    open(Optional.empty(), Optional.empty());

    cluster.existing("shop", "checkout").delete();

    assertThat(next()).isEqualTo("shop/checkout");
  }

  @Test
  void aBookmarkMovesThePlaceAndIsNoChange() throws Exception {
    cluster.rollout("shop", "checkout").create();
    open(Optional.of("checkout"), Optional.empty());
    String before = place;
    cluster.rollout("pay", "other").create();
    cluster.sendBookmarks();
    change("checkout");

    assertThat(next()).isEqualTo("shop/checkout");
    assertThat(Long.parseLong(place)).isGreaterThan(Long.parseLong(before));
  }

  @Test
  void aBrokenConnectionEndsTheWatch() throws Exception {
    open(Optional.empty(), Optional.empty());

    cluster.dropWatches();

    assertThat(next()).isEqualTo("LOST");
  }

  @Test
  void goneInTheStreamEndsTheWatchAsGone() throws Exception {
    open(Optional.empty(), Optional.empty());

    assertThat(nextAfter(cluster::expireWatches)).isEqualTo("GONE");
  }

  @Test
  void anUnknownPlaceIsGone() throws Exception {
    cluster.rollout("shop", "checkout").create();
    change("checkout");
    cluster.compactHistory();

    WatchFailure refused = refusal(Optional.of("1"));

    // A server says so at once, or as the first event of the stream.
    if (refused == null) {
      assertThat(next()).isEqualTo("GONE");
    } else {
      assertThat(refused.kind()).isEqualTo(WatchFailure.Kind.GONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"403,FORBIDDEN", "401,LOST", "404,LOST", "410,GONE", "429,LOST", "500,LOST"})
  void aRefusedWatchSaysWhy(int code, WatchFailure.Kind kind) {
    cluster.faults().on(Call.WATCH, Fault.status(code));

    assertThat(refusal(Optional.of("1000")).kind()).isEqualTo(kind);
    assertThat(cluster.requests()).filteredOn(seen -> seen.call() == Call.WATCH).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"403,FORBIDDEN", "401,LOST", "429,LOST", "503,LOST"})
  void aRefusedListSaysWhyAndIsNotTriedAgainByTheClient(int code, WatchFailure.Kind kind) {
    cluster.faults().on(Call.LIST_ROLLOUTS, Fault.status(code));

    assertThat(refusal(Optional.empty()).kind()).isEqualTo(kind);
    assertThat(cluster.requests()).hasSize(1);
  }

  @Test
  void aServerThatIsNotThereIsLost() {
    cluster.close();

    assertThat(refusal(Optional.empty()).kind()).isEqualTo(WatchFailure.Kind.LOST);
  }

  @Test
  void aStreamThatIsNoJsonEndsTheWatch() throws Exception {
    cluster.faults().on(Call.WATCH, Fault.NOT_JSON);

    WatchFailure refused = refusal(Optional.of("1000"));

    assertThat(refused == null ? next() : refused.kind().name()).isEqualTo("LOST");
    assertThat(heard).isEmpty();
  }
}
