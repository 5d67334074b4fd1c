package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.Lease;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("S1: one gate on a rollout at a time, by a Lease")
class RolloutLeaseTest {
  private static final String NAME = "canary-gate.rollout.checkout";
  private final VirtualTime time = new VirtualTime();
  // Clocks of pods differ: what the other process writes down is an hour ahead.
  private final VirtualTime ahead = new VirtualTime(Instant.parse("2026-03-01T13:00:00Z"));
  private final SandboxCluster cluster = new SandboxCluster(() -> time.wall());
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder(Config.empty())
                  .withMasterUrl(cluster.url())
                  .withOauthToken(cluster.token())
                  .withRequestTimeout(1000)
                  .build())
          .build();
  private final Lease lease = new Lease(new KubeApi(client), "shop", NAME);
  private final RolloutLease first = lease("first", time);
  private final RolloutLease second = lease("second", ahead);

  private RolloutLease lease(String holder, VirtualTime clock) {
    return new RolloutLease(lease, holder, clock, clock, clock);
  }

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  private String holder() throws Exception {
    return lease.read().flatMap(Lease.State::holder).orElse("");
  }

  private CompletableFuture<RolloutLease> firstTakesIt() {
    CompletableFuture<RolloutLease> taken = first.acquire();
    time.runUntilIdle();
    return taken;
  }

  private void pass(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      time.advance(Duration.ofSeconds(1));
      ahead.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void whatNobodyHoldsIsTakenAtOnce() throws Exception {
    assertThat(firstTakesIt()).isCompletedWithValue(first);
    assertThat(holder()).isEqualTo("first");
    assertThat(first.lost()).isEmpty();
  }

  @Test
  void itIsRenewedAsLongAsItIsHeld() throws Exception {
    firstTakesIt();
    String before = lease.read().orElseThrow().renewed();

    time.advance(Duration.ofMinutes(45));

    assertThat(first.lost()).isEmpty();
    assertThat(lease.read().orElseThrow().renewed()).isGreaterThan(before);
  }

  @Test
  void aSecondGateIsToldThatTheFirstIsAtWork() throws Exception {
    firstTakesIt();
    CompletableFuture<RolloutLease> taken = second.acquire();

    pass(Duration.ofSeconds(39));
    assertThat(taken).isNotDone();
    pass(Duration.ofSeconds(11));

    assertThat(taken)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(SessionBusyException.class)
        .withMessageContaining("another gate (first) is at work on this rollout");
    assertThat(holder()).isEqualTo("first");
  }

  @Test
  void aHolderThatIsBeingStoppedIsWaitedFor() throws Exception {
    firstTakesIt();
    CompletableFuture<RolloutLease> taken = second.acquire();
    pass(Duration.ofSeconds(25));
    assertThat(taken).isNotDone();

    first.close();
    pass(Duration.ofSeconds(2));

    assertThat(taken).isCompletedWithValue(second);
  }

  @Test
  void whatWasGivenUpIsTakenAtOnce() throws Exception {
    firstTakesIt();
    first.close();

    CompletableFuture<RolloutLease> taken = second.acquire();
    ahead.runUntilIdle();

    assertThat(taken).isCompletedWithValue(second);
    assertThat(holder()).isEqualTo("second");
    assertThat(first.lost()).isPresent();
  }

  @Test
  void aHolderThatIsGoneIsWaitedForAsLongAsItMayBeSilentWhateverItsClockSaid() throws Exception {
    second.acquire();
    ahead.runUntilIdle();
    assertThat(holder()).isEqualTo("second");

    CompletableFuture<RolloutLease> taken = first.acquire();
    time.advance(Duration.ofSeconds(29));
    assertThat(taken).isNotDone();
    time.advance(Duration.ofSeconds(4));

    assertThat(taken).isCompletedWithValue(first);
    assertThat(holder()).isEqualTo("first");
  }

  @Test
  void whoeverCannotRenewStopsBeforeAnotherMayBegin() {
    firstTakesIt();
    cluster.faults().on(Call.PATCH, Fault.status(503)).untilCleared();

    time.advance(Duration.ofSeconds(21));
    assertThat(first.lost()).isEmpty();
    time.advance(Duration.ofSeconds(2));

    assertThat(first.lost()).get().asString().contains("could not be renewed in time");
  }

  @Test
  void aRenewalWhoseAnswerIsLostIsStillOne() {
    firstTakesIt();
    cluster.faults().on(Call.PATCH, Fault.RESET.afterCarryingItOut()).times(1);

    time.advance(Duration.ofMinutes(2));

    assertThat(first.lost()).isEmpty();
  }

  @Test
  void whoeverFindsItTakenStopsAtOnce() {
    firstTakesIt();
    cluster.change(
        new ObjectKey(Resource.LEASES, "shop", NAME),
        ObjectStore.Part.WHOLE,
        live -> {
          ((ObjectNode) live.path("spec")).put("holderIdentity", "somebody");
          return live;
        });

    time.advance(Duration.ofSeconds(9));

    assertThat(first.lost()).get().asString().contains("was taken by somebody");
  }

  @Test
  void whoeverFindsItRemovedStopsAtOnce() {
    firstTakesIt();
    cluster.delete(new ObjectKey(Resource.LEASES, "shop", NAME));

    time.advance(Duration.ofSeconds(9));

    assertThat(first.lost()).get().asString().contains("it was removed");
  }

  @Test
  void withoutTheRightNothingBegins() {
    cluster.rights().none().grant("coordination.k8s.io", Set.of("leases"), Set.of("get"));

    assertThat(firstTakesIt())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("the right to create leases.coordination.k8s.io in namespace shop");
  }
}
