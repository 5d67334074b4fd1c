package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.host.WatchConnector.WatchFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Watches that wake gates")
class WatchingTest {
  private static final WakeUps.Kind ROLLOUTS =
      new WakeUps.Kind("argoproj.io", "v1alpha1", "Rollout", "rollouts");

  private final VirtualTime time = new VirtualTime();
  private final KubernetesClient cluster =
      new KubernetesClientBuilder()
          .withConfig(
              new io.fabric8.kubernetes.client.ConfigBuilder(
                      io.fabric8.kubernetes.client.Config.empty())
                  .withMasterUrl("http://cluster.invalid")
                  .build())
          .build();
  private final Connector connector = new Connector();
  private final RolloutWatches watches =
      RolloutWatches.over(connector, time, time, time, new Random(3));
  private final List<String> woken = new ArrayList<>();

  @AfterEach
  void close() {
    cluster.close();
  }

  /** A server in memory: opens what it is told to open, and remembers what is open. */
  private static final class Connector implements WatchConnector {
    private final List<Open> all = new ArrayList<>();
    private int attempts;
    private Function<Selection, Optional<WatchFailure>> refusal = selection -> Optional.empty();

    private final class Open implements Connection {
      private final Selection selection;
      private final Optional<String> from;
      private final Events events;
      private boolean open = true;

      private Open(Selection selection, Optional<String> from, Events events) {
        this.selection = selection;
        this.from = from;
        this.events = events;
      }

      @Override
      public void close() {
        open = false;
      }
    }

    @Override
    public Connection open(Selection selection, Optional<String> from, Events events)
        throws WatchFailure {
      attempts++;
      Optional<WatchFailure> refused = refusal.apply(selection);
      if (refused.isPresent()) {
        throw refused.get();
      }
      Open open = new Open(selection, from, events);
      all.add(open);
      return open;
    }

    private List<Open> open() {
      return all.stream().filter(watch -> watch.open).toList();
    }

    private List<String> names() {
      return open().stream()
          .map(watch -> watch.selection.namespace() + "/" + watch.selection.name().orElse("*"))
          .toList();
    }

    private Open last() {
      return all.get(all.size() - 1);
    }

    private void end(WatchFailure why) {
      Open watch = open().get(0);
      watch.open = false;
      watch.events.ended(why);
    }
  }

  private Timers.Cancellable gate(String namespace, String name) {
    Timers.Cancellable gate =
        watches.subscribe(
            new WakeUps.Topic(cluster, ROLLOUTS, namespace, name),
            () -> woken.add(namespace + "/" + name));
    time.runUntilIdle();
    return gate;
  }

  @Test
  void oneGateIsWokenByAWatchOfItsObjectAlone() {
    gate("shop", "checkout");
    assertThat(connector.names()).containsExactly("shop/checkout");
    woken.clear();

    connector.last().events.changed("shop", "checkout");

    assertThat(woken).containsExactly("shop/checkout");
  }

  @Test
  void aWatchThatOpensWakesItsGatesBecauseAnythingMayHaveHappenedBefore() {
    gate("shop", "checkout");

    assertThat(woken).containsExactly("shop/checkout");
  }

  @Test
  void twoGatesOfOneObjectShareAWatch() {
    gate("shop", "checkout");
    gate("shop", "checkout");
    woken.clear();

    connector.last().events.changed("shop", "checkout");

    assertThat(connector.attempts).isEqualTo(1);
    assertThat(woken).containsExactly("shop/checkout", "shop/checkout");
  }

  @Test
  void aSecondObjectWidensTheWatchToTheNamespace() {
    gate("shop", "checkout");
    gate("shop", "cart");

    assertThat(connector.names()).containsExactly("shop/*");
  }

  @Test
  void theNarrowWatchStaysUntilTheWideOneIsOpen() {
    gate("shop", "checkout");
    connector.refusal =
        selection -> Optional.of(new WatchFailure(WatchFailure.Kind.LOST, Optional.empty()));
    gate("shop", "cart");
    assertThat(connector.names()).containsExactly("shop/checkout");

    connector.refusal = selection -> Optional.empty();
    time.advance(Duration.ofSeconds(1));

    assertThat(connector.names()).containsExactly("shop/*");
  }

  @Test
  void inMoreThanFourNamespacesOneWatchOfTheWholeClusterTakesTheirPlace() {
    for (int namespace = 1; namespace <= 4; namespace++) {
      gate("team-" + namespace, "app");
    }
    assertThat(connector.names()).hasSize(4);

    gate("team-5", "app");
    gate("team-6", "app");

    assertThat(connector.names()).containsExactly("/*");
    time.advance(Duration.ofSeconds(10));
    woken.clear();
    connector.last().events.changed("team-3", "app");
    connector.last().events.changed("team-6", "app");
    connector.last().events.changed("nobody", "app");
    assertThat(woken).containsExactly("team-3/app", "team-6/app");
  }

  @Test
  void theNamespacesWatchesStayUntilTheOneOfTheClusterIsOpen() {
    connector.refusal =
        selection ->
            selection.namespace().isEmpty()
                ? Optional.of(new WatchFailure(WatchFailure.Kind.LOST, Optional.empty()))
                : Optional.empty();
    for (int namespace = 1; namespace <= 5; namespace++) {
      gate("team-" + namespace, "app");
    }
    assertThat(connector.names()).hasSize(5).doesNotContain("/*");

    connector.refusal = selection -> Optional.empty();
    woken.clear();
    time.advance(Duration.ofSeconds(2));

    assertThat(connector.names()).containsExactly("/*");
    assertThat(woken).contains("team-1/app", "team-5/app");
  }

  @Test
  void whereTheWholeClusterMayNotBeWatchedEachNamespaceIs() {
    connector.refusal =
        selection ->
            selection.namespace().isEmpty()
                ? Optional.of(new WatchFailure(WatchFailure.Kind.FORBIDDEN, Optional.empty()))
                : Optional.empty();
    for (int namespace = 1; namespace <= 6; namespace++) {
      gate("team-" + namespace, "app");
    }

    time.advance(Duration.ofMinutes(5));

    assertThat(connector.names()).hasSize(6).doesNotContain("/*");
  }

  @Test
  void theWatchOfAClusterEndsWithItsLastGate() {
    List<Timers.Cancellable> gates = new ArrayList<>();
    for (int namespace = 1; namespace <= 5; namespace++) {
      gates.add(gate("team-" + namespace, "app"));
    }

    gates.subList(0, 4).forEach(Timers.Cancellable::cancel);
    time.runUntilIdle();
    assertThat(connector.names()).containsExactly("/*");
    gates.get(4).cancel();
    time.runUntilIdle();

    assertThat(connector.names()).isEmpty();
  }

  @Test
  void fiveHundredGatesInANamespaceShareAWatchAndAreWokenByName() {
    for (int gate = 0; gate < 500; gate++) {
      gate("shop", "app-" + gate);
    }
    assertThat(connector.names()).containsExactly("shop/*");
    time.advance(Duration.ofSeconds(10));
    woken.clear();

    connector.last().events.changed("shop", "app-321");
    connector.last().events.changed("shop", "nobody-waits-for-this");

    assertThat(woken).containsExactly("shop/app-321");
  }

  @Test
  void namespacesAndKindsHaveWatchesOfTheirOwn() {
    gate("shop", "checkout");
    gate("pay", "checkout");
    watches.subscribe(
        new WakeUps.Topic(
            cluster,
            new WakeUps.Kind("flagger.app", "v1beta1", "Canary", "canaries"),
            "shop",
            "checkout"),
        () -> {});
    time.runUntilIdle();

    assertThat(connector.names())
        .containsExactlyInAnyOrder("shop/checkout", "pay/checkout", "shop/checkout");
  }

  @Test
  void aForbiddenNamespaceIsWatchedObjectByObject() {
    connector.refusal =
        selection ->
            selection.name().isPresent()
                ? Optional.empty()
                : Optional.of(new WatchFailure(WatchFailure.Kind.FORBIDDEN, Optional.empty()));
    gate("shop", "checkout");
    gate("shop", "cart");
    gate("shop", "search");

    assertThat(connector.names())
        .containsExactlyInAnyOrder("shop/checkout", "shop/cart", "shop/search");
    time.advance(Duration.ofMinutes(5));
    // The namespace is asked for once, the objects once each.
    assertThat(connector.attempts).isEqualTo(4);
  }

  @Test
  void theWatchEndsWithTheLastGate() {
    Timers.Cancellable first = gate("shop", "checkout");
    Timers.Cancellable second = gate("shop", "cart");

    first.cancel();
    first.cancel();
    time.runUntilIdle();
    assertThat(connector.names()).containsExactly("shop/*");
    second.cancel();
    time.runUntilIdle();

    assertThat(connector.open()).isEmpty();
    time.advance(Duration.ofHours(1));
    assertThat(connector.open()).isEmpty();
    assertThat(time.timersSet()).isZero();
  }

  @Test
  void aGateThatLeavesTakesItsOwnWatchAlongWhereThereAreSeveral() {
    aForbiddenNamespaceIsWatchedObjectByObject();
    woken.clear();

    Timers.Cancellable extra = gate("shop", "extra");
    assertThat(connector.names()).contains("shop/extra");
    extra.cancel();
    time.runUntilIdle();

    assertThat(connector.names()).doesNotContain("shop/extra").hasSize(3);
  }

  @Test
  void aLostWatchIsOpenedAgainFromWhereItWas() {
    gate("shop", "checkout");
    connector.last().events.at("41");
    connector.last().events.at("42");
    woken.clear();

    connector.end(WatchFailure.lost());
    assertThat(connector.open()).isEmpty();
    time.advance(Duration.ofSeconds(1));

    assertThat(connector.open()).hasSize(1);
    assertThat(connector.last().from).contains("42");
    assertThat(woken).containsExactly("shop/checkout");
  }

  @Test
  void aWatchWhosePlaceIsGoneIsOpenedAgainFromNow() {
    gate("shop", "checkout");
    connector.last().events.at("42");

    connector.end(new WatchFailure(WatchFailure.Kind.GONE, Optional.empty()));
    time.advance(Duration.ofSeconds(1));

    assertThat(connector.last().from).isEmpty();
    assertThat(connector.open()).hasSize(1);
  }

  @Test
  void aServerThatIsAwayIsAskedLessAndLessOftenAndThenFound() {
    gate("shop", "checkout");
    connector.refusal = selection -> Optional.of(WatchFailure.lost());
    connector.end(WatchFailure.lost());
    time.advance(Duration.ofMinutes(10));
    // 0.5, 1, 2, 4, 8, 16 s, then every 30 s at most, and half of that at least.
    assertThat(connector.attempts).isBetween(22, 50);

    connector.refusal = selection -> Optional.empty();
    time.advance(Duration.ofSeconds(30));

    assertThat(connector.open()).hasSize(1);
  }

  @Test
  void aServerThatAsksToWaitIsLeftAlone() {
    gate("shop", "checkout");
    int before = connector.attempts;

    connector.end(new WatchFailure(WatchFailure.Kind.LOST, Optional.of(Duration.ofSeconds(20))));
    time.advance(Duration.ofSeconds(19));
    assertThat(connector.attempts).isEqualTo(before);
    time.advance(Duration.ofSeconds(1));

    assertThat(connector.attempts).isEqualTo(before + 1);
  }

  @Test
  void aServerThatEndsEveryWatchAtOnceIsNotAskedInALoop() {
    connector.refusal = selection -> Optional.empty();
    gate("shop", "checkout");

    int ended = 0;
    for (int second = 0; second < 600; second++) {
      if (!connector.open().isEmpty()) {
        connector.end(WatchFailure.lost());
        ended++;
      }
      time.advance(Duration.ofSeconds(1));
    }

    assertThat(ended).isLessThan(50);
  }

  @Test
  void aWatchThatLivedIsOpenedAgainSoon() {
    gate("shop", "checkout");
    for (int time2 = 0; time2 < 20; time2++) {
      time.advance(Duration.ofMinutes(1));
      connector.end(WatchFailure.lost());
      time.advance(Duration.ofMillis(500));
      assertThat(connector.open()).hasSize(1);
    }
  }

  @Test
  void aSilentWatchIsNotBelievedInForEver() {
    gate("shop", "checkout");
    Connector.Open silent = connector.last();

    time.advance(LastingWatch.BELIEVED.plusSeconds(1));

    assertThat(silent.open).isFalse();
    assertThat(connector.open()).hasSize(1);
  }

  @Test
  void whatAnEndedWatchStillSaysIsNotHeard() {
    gate("shop", "checkout");
    Connector.Open old = connector.last();
    connector.end(WatchFailure.lost());
    time.advance(Duration.ofSeconds(1));
    woken.clear();

    old.events.changed("shop", "checkout");
    old.events.at("7");
    old.events.ended(WatchFailure.lost());
    time.advance(Duration.ofSeconds(1));

    assertThat(woken).isEmpty();
    assertThat(connector.open()).hasSize(1);
    connector.end(WatchFailure.lost());
    time.advance(Duration.ofSeconds(2));
    assertThat(connector.last().from).isEmpty();
  }

  @Test
  void thousandsOfGatesAreNotWokenAllAtOnceWhenAWatchComesBack() {
    for (int gate = 0; gate < 2000; gate++) {
      gate("shop", "app-" + gate);
    }
    time.advance(Duration.ofSeconds(40));
    woken.clear();

    connector.end(WatchFailure.lost());
    time.advance(Duration.ofSeconds(1));
    assertThat(woken).hasSizeLessThan(300);
    time.advance(Duration.ofSeconds(11));

    assertThat(woken).hasSize(2000).doesNotHaveDuplicates();
  }

  @Test
  void closedNothingIsOpenAndNothingComesBack() {
    gate("shop", "checkout");
    gate("pay", "checkout");

    watches.close();
    time.advance(Duration.ofHours(1));

    assertThat(connector.open()).isEmpty();
    assertThat(time.timersSet()).isZero();
  }
}
