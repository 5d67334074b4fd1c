package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.sandbox.Step.pause;
import static io.jenkins.plugins.canarygate.sandbox.Step.setWeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.argo.ArgoAnalysisSource;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Hand;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import io.jenkins.plugins.canarygate.sandbox.Step;
import io.jenkins.plugins.canarygate.sandbox.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Against the simulated controller, from deploy to landing")
class ArgoSandboxTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-05-01T10:00:00Z"));
  private final SandboxCluster cluster = new SandboxCluster(clock);
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder(Config.empty())
                  .withMasterUrl(cluster.url())
                  .withOauthToken(cluster.token())
                  .build())
          .build();
  private SandboxRollout rollout;
  private Target target;
  private Hand hand;

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  private void gate(At at, SandboxRollout deployed) {
    rollout = deployed;
    target =
        new Target(
            "Rollout", Optional.empty(), "shop", "checkout", RevisionAsked.image("shop/app:2"), at);
    ArgoRolloutDriver driver = new ArgoRolloutDriver(client, target, "gate-1");
    hand = new Hand(driver, clock, seen -> pass(seen.lookAgainWithin()));
  }

  private void pass(Duration time) {
    clock.advance(time);
    cluster.tick();
  }

  private SandboxRollout routed(Step... steps) {
    return cluster
        .rollout("shop", "checkout")
        .routedCanary()
        .steps(steps)
        .image("app", "shop/app:1")
        .create();
  }

  private SandboxRollout blueGreen(String spec) {
    return cluster
        .rollout("shop", "checkout")
        .blueGreen()
        .with(spec)
        .image("app", "shop/app:1")
        .create();
  }

  @Test
  void eachPauseIsPromotedOnceUntilItHasLanded() {
    gate(At.eachPause(), routed(setWeight(20), pause(), setWeight(60), pause()));
    assertThat(hand.look().fate()).isEqualTo(Fate.UNTOUCHED);
    rollout.deploy("shop/app:2");
    assertThat(hand.atPoint().share().orElseThrow().text()).isEqualTo("20 %");
    hand.act(Action.PROMOTE);
    Observation later = hand.until("the later pause", s -> s.fate() == Fate.ADVANCED);
    assertThat(later.where()).isEqualTo("step 3 of 4, 60 %");
    hand.forget();
    hand.atPoint();
    hand.act(Action.PROMOTE);
    hand.until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(hand.sent).containsExactly("promote", "promote");
  }

  @Test
  void aPromoteThatIsOverwrittenFromAStaleCopyIsSentAgain() {
    gate(At.nextPause(), routed(setWeight(20), pause(), setWeight(60), pause()));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    cluster.argo().stop();
    hand.begin(Action.PROMOTE);
    rollout.overwriteFromStaleCopy(true);
    cluster.argo().start();
    hand.readBack();
    assertThat(hand.sent).containsExactly("promote", "promote");
    assertThat(rollout.step()).isEqualTo(3);
  }

  @Test
  void aPromoteThatBlueGreenSwallowsIsSentAgainUnderTheNewFence() {
    gate(At.nextPause(), blueGreen("{}"));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    cluster.argo().stop();
    hand.begin(Action.PROMOTE);
    // It is scaled between our promote and the controller's next look.
    cluster.argo().podsReadyAfter(Duration.ofSeconds(10));
    rollout.patch("{'spec':{'replicas':8}}");
    cluster.argo().start();
    assertThat(hand.look().effect()).contains(Effect.STANDING);
    pass(Duration.ofSeconds(12));
    assertThat(hand.look().effect()).contains(Effect.SWALLOWED);
    hand.readBack();
    hand.until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(hand.sent).containsExactly("promote", "promote");
  }

  @Test
  void aPromoteLostUnderAPersonsPauseIsSentAgainOnceItIsLifted() {
    gate(At.nextPause(), routed(setWeight(20), pause(), setWeight(60), pause()));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    cluster.argo().stop();
    hand.begin(Action.PROMOTE);
    rollout.pauseByPerson();
    cluster.argo().start();
    cluster.tick();
    Observation lost = hand.look();
    assertThat(lost.effect()).contains(Effect.STANDING);
    assertThat(lost.obstacle(Obstacle.Kind.PERSON_PAUSED)).isPresent();
    pass(Duration.ofSeconds(10));
    rollout.unpause();
    hand.readBack();
    assertThat(hand.sent).containsExactly("promote", "promote");
    assertThat(rollout.step()).isEqualTo(3);
  }

  @Test
  void aPersonsPromoteIsAnothersAndNoStepIsSkippedByOurs() {
    gate(At.nextPause(), routed(setWeight(20), pause(), setWeight(60), pause()));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    rollout.promoteByPerson();
    Observation seen = hand.look();
    assertThat(seen.drift()).isEqualTo(Drift.MOVED_ON);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.DONE);
  }

  @Test
  void anAnalysisThatFailsTakesTheRevisionBack() {
    gate(At.nextPause(), routed(setWeight(20), pause()));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    rollout.abortByAnalysis();
    Observation seen = hand.until("taken back", s -> s.fate() == Fate.TAKEN_BACK);
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(seen.share().orElseThrow().serving()).isFalse();
  }

  @Test
  void anAnalysisThatFailsUnderOurHoldIsTakenBackOnlyWhenTheHoldIsLifted() {
    gate(At.nextPause().held(), routed(setWeight(20), pause("10m"), pause()));
    rollout.deploy("shop/app:2");
    hand.hold();
    rollout.abortByAnalysis();
    Observation seen = hand.look();
    assertThat(seen.fate()).isEqualTo(Fate.TAKING_BACK);
    hand.act(Action.LIFT);
    hand.until("taken back", s -> s.fate() == Fate.TAKEN_BACK);
    assertThat(hand.sent).containsExactly("hold", "lift");
  }

  @Test
  void anInconclusiveAnalysisBesideThePauseIsNamedAndNotPromotedPast() {
    gate(At.nextPause(), routed(setWeight(20), pause(), pause()));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    rollout.inconclusiveAnalysis();
    Observation seen = hand.look();
    assertThat(seen.obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS)).isPresent();
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void aHeldPauseOutlastsItsEndAndIsPromotedByLiftingAlone() {
    gate(At.nextPause().held(), routed(setWeight(20), pause("1m"), setWeight(60), pause()));
    rollout.deploy("shop/app:2");
    hand.hold();
    pass(Duration.ofMinutes(5));
    assertThat(hand.look().drift()).isEqualTo(Drift.NONE);
    hand.act(Action.PROMOTE);
    assertThat(hand.sent).containsExactly("hold", "lift");
    assertThat(rollout.step()).isEqualTo(3);
  }

  @Test
  void aTimedPauseThatEndsBeforeItIsHeldIsNotHeld() {
    gate(At.nextPause().held(), routed(setWeight(20), pause("1m"), setWeight(60), pause()));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    cluster.argo().stop();
    hand.begin(Action.HOLD);
    clock.advance(Duration.ofMinutes(2));
    rollout.patchStatus(
        "{'status':{'currentStepIndex':2,'pauseConditions':null,'controllerPause':null}}");
    cluster.argo().start();
    assertThat(hand.readBack().effect()).contains(Effect.OVERRULED);
    hand.intent = Optional.empty();
    hand.act(Action.LIFT);
    assertThat(rollout.object().at("/spec/paused").asBoolean()).isFalse();
  }

  @Test
  void withWorkloadRefTheDeploymentsImageIsWhatIsGated() {
    gate(
        At.nextPause(),
        cluster
            .rollout("shop", "checkout")
            .canary()
            .steps(setWeight(20), pause(), setWeight(60), pause())
            .workloadRef()
            .image("app", "shop/app:1")
            .create());
    rollout.deploy("shop/app:2");
    hand.atPoint();
    hand.act(Action.PROMOTE);
    hand.until("the later pause", s -> s.fate() == Fate.ADVANCED);
  }

  @Test
  void whatIsPromotedFullyLandsAndIgnoresAnAbort() {
    gate(At.nextPause(), routed(setWeight(20), pause(), setWeight(60), pause()));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    hand.act(Action.PROMOTE_FULLY);
    rollout.abortByPerson();
    hand.until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(hand.sent).containsExactly("promoteFully");
  }

  @Test
  void anObjectMadeAnewIsGone() {
    gate(At.nextPause(), routed(setWeight(20), pause()));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    rollout.delete();
    assertThat(hand.look().fate()).isEqualTo(Fate.ABSENT);
    routed(setWeight(20), pause());
    assertThat(hand.look().drift()).isEqualTo(Drift.GONE);
  }

  @Test
  void theControllersAnalysisIsCountedFromTheDriversNotes() {
    gate(At.nextPause(), routed(setWeight(20), pause()));
    hand.look();
    rollout.deploy("shop/app:2");
    hand.atPoint();
    assertThat(analysis()).isEqualTo(Grade.INCONCLUSIVE);
    rollout.inconclusiveAnalysis();
    hand.look();
    assertThat(analysis()).isEqualTo(Grade.INCONCLUSIVE);
  }

  private Grade analysis() {
    ArgoAnalysisSource source =
        new ArgoAnalysisSource(client, "shop", "checkout", Set.of("argo agrees"));
    EvidenceContext context =
        new EvidenceContext(clock.instant(), Optional.empty(), Map.of(), hand.memory().details());
    Reading reading =
        source
            .measure(
                List.of(
                    new EvidenceRequest(
                        "argo agrees", Optional.empty(), clock.instant(), Optional.empty())),
                context)
            .get("argo agrees");
    return ((Reading.Answer) reading).verdict().orElseThrow();
  }

  @Test
  void withTheRightsThatTheDocumentationNamesAGateCanObserveAndAct() {
    gate(At.nextPause(), routed(setWeight(20), pause(), setWeight(60), pause()));
    cluster
        .rights()
        .none()
        .grantIn(
            "shop",
            "argoproj.io",
            Set.of("rollouts", "analysisruns"),
            Set.of("get", "list", "watch"))
        .grantIn("shop", "apps", Set.of("replicasets"), Set.of("get", "list"))
        .grantIn("shop", "argoproj.io", Set.of("rollouts/status"), Set.of("patch"));
    rollout.deploy("shop/app:2");
    hand.atPoint();
    hand.act(Action.PROMOTE);
    assertThat(ArgoPreflight.examine(client, target, true, false))
        .noneMatch(finding -> finding.level() == Finding.Level.ERROR);
    assertThat(ArgoPreflight.examine(client, target, true, true))
        .filteredOn(finding -> finding.level() == Finding.Level.ERROR)
        .singleElement()
        .satisfies(f -> assertThat(f.subject()).contains("patch rollouts.argoproj.io"));
  }

  @Test
  void withoutARightTheLookSaysWhichOneIsMissing() {
    gate(At.nextPause(), routed(setWeight(20), pause()));
    cluster.rights().none();
    ArgoRolloutDriver driver = new ArgoRolloutDriver(client, target, "gate-1");
    Question question =
        new Question(clock.instant(), Optional.empty(), Optional.empty(), Memory.empty());
    LookException e = catchThrowableOfType(LookException.class, () -> driver.look(question));
    assertThat(e.kind()).isEqualTo(LookException.Kind.DENIED);
    assertThat(e.getMessage()).contains("get rollouts.argoproj.io in namespace shop");
  }
}
