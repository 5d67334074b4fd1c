package io.jenkins.plugins.canarygate.sandbox;

import static io.jenkins.plugins.canarygate.sandbox.Step.analysis;
import static io.jenkins.plugins.canarygate.sandbox.Step.pause;
import static io.jenkins.plugins.canarygate.sandbox.Step.setWeight;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The sharp edges of the controller, on demand. */
class SimulatedArgoTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String NEXT = "registry.example/app:2";

  private final VirtualClock clock = new VirtualClock(START);
  private final SandboxCluster cluster = new SandboxCluster(clock);

  @AfterEach
  void close() {
    cluster.close();
  }

  private void pass(Duration time) {
    clock.advance(time);
    cluster.tick();
  }

  private SandboxRollout canary(Step... steps) {
    return cluster.rollout("shop", "checkout").canary().steps(steps).create();
  }

  private SandboxRollout atPause() {
    return canary(setWeight(20), pause(), setWeight(60), pause()).deploy(NEXT);
  }

  private SandboxRollout blueGreen() {
    return cluster.rollout("shop", "checkout").blueGreen().create().deploy(NEXT);
  }

  @Test
  void theStepHashIsTheOneThatTheRealControllerComputes() {
    assertThat(atPause().status().path("currentStepHash").asText()).isEqualTo("b8dc68f97");
  }

  @Test
  @DisplayName("AR7: a stale copy overwrites a promote; the pause has its old startTime")
  void aStaleCopyOverwritesAPromote() {
    SandboxRollout rollout = atPause();
    cluster.argo().stop();
    clock.advance(Duration.ofMinutes(1));
    rollout.promoteByPerson();
    assertThat(rollout.pauseReasons()).isEmpty();

    rollout.overwriteFromStaleCopy(true);

    assertThat(rollout.pauseReasons()).containsExactly("CanaryPauseStep");
    assertThat(rollout.pausedSince()).contains(START);
    assertThat(rollout.step()).isEqualTo(1);
    cluster.argo().start();
    assertThat(rollout.pauseReasons()).containsExactly("CanaryPauseStep");
  }

  @Test
  @DisplayName("AR7: a stale copy that reads the clock late gives the pause a new startTime")
  void aStaleCopyMayGiveThePauseANewStart() {
    SandboxRollout rollout = atPause();
    cluster.argo().stop();
    clock.advance(Duration.ofMinutes(1));
    rollout.promoteByPerson().overwriteFromStaleCopy(false);

    assertThat(rollout.pausedSince()).contains(START.plusSeconds(60));
  }

  @Test
  @DisplayName("AR6: blue/green swallows a promote while a pod is missing")
  void blueGreenSwallowsAPromoteWhileAPodIsMissing() {
    SandboxRollout rollout = blueGreen();
    assertThat(rollout.pauseReasons()).containsExactly("BlueGreenPause");
    rollout.limitPods(rollout.currentHash(), 4);

    pass(Duration.ofSeconds(30));
    rollout.promoteByPerson();
    assertThat(rollout.pauseReasons()).isEmpty();
    assertThat(rollout.status().has("controllerPause")).isFalse();
    pass(Duration.ofSeconds(10));
    rollout.unlimitPods(rollout.currentHash());

    assertThat(rollout.pauseReasons()).containsExactly("BlueGreenPause");
    assertThat(rollout.pausedSince()).contains(START.plusSeconds(40));
    assertThat(rollout.status().at("/blueGreen/activeSelector").asText())
        .isEqualTo(rollout.stableHash());
  }

  @Test
  @DisplayName("a promote under spec.paused is lost, and lifting pauses the same step anew")
  void aPromoteUnderAPersonsPauseIsLost() {
    SandboxRollout rollout = atPause().pauseByPerson();

    rollout.patchStatus("{'status':{'pauseConditions':null}}");
    assertThat(rollout.status().has("controllerPause")).isFalse();
    pass(Duration.ofMinutes(2));
    rollout.unpause();

    assertThat(rollout.step()).isEqualTo(1);
    assertThat(rollout.pausedSince()).contains(START.plusSeconds(120));
  }

  @Test
  @DisplayName("an abort is ignored once promoteFull is set")
  void anAbortAfterPromoteFullyIsIgnored() {
    SandboxRollout rollout = atPause();
    rollout.limitPods(rollout.currentHash(), 1).promoteFullyByPerson();

    rollout.abortByPerson();

    assertThat(rollout.status().has("abort")).isFalse();
    assertThat(rollout.status().has("abortedAt")).isFalse();
    rollout.unlimitPods(rollout.currentHash());
    assertThat(rollout.phase()).isEqualTo("Healthy");
    assertThat(rollout.stableHash()).isEqualTo(rollout.currentHash());
  }

  @Test
  @DisplayName("a second promote of the CLI skips a step")
  void aSecondPromoteByThePersonSkipsAStep() {
    SandboxRollout rollout = atPause();
    cluster.argo().stop();
    rollout.promoteByPerson().promoteByPerson();
    cluster.argo().start();

    assertThat(rollout.step()).isGreaterThan(1);
  }

  @Test
  void aControllerThatIsDownDoesNothingAndCatchesUp() {
    SandboxRollout rollout =
        canary(setWeight(20), pause("5m"), setWeight(60), pause()).deploy(NEXT);
    cluster.argo().stop();
    pass(Duration.ofMinutes(10));
    assertThat(rollout.step()).isEqualTo(1);

    cluster.argo().start();

    assertThat(rollout.step()).isEqualTo(3);
  }

  @Test
  void aTimedPauseEndsWhenItsTimeIsUp() {
    SandboxRollout rollout =
        canary(setWeight(20), pause("5m"), setWeight(60), pause()).deploy(NEXT);
    assertThat(cluster.argo().nextDue()).contains(START.plusSeconds(300));

    pass(Duration.ofSeconds(299));
    assertThat(rollout.step()).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(rollout.step()).isEqualTo(3);
  }

  @Test
  @DisplayName("R5: an Inconclusive analysis pauses beside the pause step")
  void anInconclusiveAnalysisIsASecondReason() {
    SandboxRollout rollout = atPause().inconclusiveAnalysis();

    assertThat(rollout.pauseReasons())
        .containsExactly("CanaryPauseStep", "InconclusiveAnalysisRun");
  }

  @Test
  @DisplayName("D4: the controller's own analysis takes the revision back")
  void aFailedAnalysisAborts() {
    SandboxRollout rollout = atPause().abortByAnalysis();

    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
    assertThat(rollout.status().path("message").asText())
        .startsWith("RolloutAborted: Rollout aborted update to revision 2: Background analysis");
  }

  @Test
  void anAnalysisStepWaitsForItsRun() {
    SandboxRollout rollout = canary(setWeight(20), analysis("smoke"), pause()).deploy(NEXT);
    assertThat(rollout.step()).isEqualTo(1);
    assertThat(cluster.store().all(Resource.ANALYSIS_RUNS))
        .singleElement()
        .satisfies(
            run ->
                assertThat(run.labels())
                    .containsEntry("rollout-type", "Step")
                    .containsEntry("step-index", "1")
                    .containsEntry("rollouts-pod-template-hash", rollout.currentHash()));

    rollout.finishStepAnalysis("Successful");

    assertThat(rollout.step()).isEqualTo(2);
    assertThat(rollout.pauseReasons()).containsExactly("CanaryPauseStep");
  }

  @Test
  void pastTheDeadlineItIsDegradedWithoutAnAbortAndRecovers() {
    SandboxRollout rollout = canary(setWeight(20), pause());
    cluster.argo().neverReady("registry.example/app:broken");
    rollout.deploy("registry.example/app:broken");

    pass(Duration.ofSeconds(602));
    assertThat(rollout.status().path("message").asText()).startsWith("ProgressDeadlineExceeded");
    assertThat(rollout.status().has("abort")).isFalse();

    rollout.deploy(NEXT);
    assertThat(rollout.pauseReasons()).containsExactly("CanaryPauseStep");
  }

  @Test
  void aSpecThatIsInvalidSaysSoUntilItIsMended() {
    SandboxRollout rollout = atPause().editSteps(setWeight(120), pause());
    assertThat(rollout.status().path("message").asText()).startsWith("InvalidSpec: ");
    assertThat(rollout.phase()).isEqualTo("Degraded");

    rollout.editSteps(setWeight(30), pause());
    assertThat(rollout.phase()).isEqualTo("Paused");
  }

  @Test
  @DisplayName("AR1: edited steps change the step hash, not the pod hash")
  void editedStepsBeginAgain() {
    SandboxRollout rollout = atPause();
    String pods = rollout.currentHash();
    String steps = rollout.status().path("currentStepHash").asText();
    rollout.promoteByPerson();
    assertThat(rollout.step()).isEqualTo(3);

    rollout.editSteps(setWeight(30), pause(), setWeight(70), pause());

    assertThat(rollout.step()).isEqualTo(1);
    assertThat(rollout.currentHash()).isEqualTo(pods);
    assertThat(rollout.status().path("currentStepHash").asText()).isNotEqualTo(steps);
  }

  @Test
  @DisplayName("D6: a return within the rollbackWindow skips every step")
  void aRollbackWithinTheWindowSkipsTheSteps() {
    SandboxRollout rollout =
        cluster
            .rollout("shop", "checkout")
            .canary()
            .steps(setWeight(20), pause())
            .image("registry.example/app:1")
            .with("{'rollbackWindow':{'revisions':3}}")
            .create();
    clock.advance(Duration.ofMinutes(1));
    rollout.deploy(NEXT).promoteFullyByPerson();
    clock.advance(Duration.ofMinutes(1));

    rollout.deploy("registry.example/app:1");

    assertThat(rollout.phase()).isEqualTo("Healthy");
    assertThat(rollout.pauseReasons()).isEmpty();
  }

  @Test
  @DisplayName("AR5: a weight that is not verified holds the step")
  void anUnverifiedWeightHoldsTheStep() {
    SandboxRollout rollout =
        cluster.rollout("shop", "checkout").routedCanary().steps(setWeight(20), pause()).create();
    cluster.argo().verifyWeights("shop", "checkout", Optional.of(false));
    rollout.deploy(NEXT);
    assertThat(rollout.step()).isZero();
    assertThat(rollout.status().at("/canary/weights/verified").asBoolean(true)).isFalse();

    cluster.argo().verifyWeights("shop", "checkout", Optional.of(true));
    assertThat(rollout.step()).isEqualTo(1);
  }

  @Test
  @DisplayName("AR1: the image stands in the ReplicaSet, not in a Rollout with workloadRef")
  void aWorkloadRefResolvesToItsDeployment() {
    SandboxRollout rollout =
        cluster
            .rollout("shop", "checkout")
            .workloadRef()
            .canary()
            .steps(setWeight(20), pause())
            .create();
    rollout.deploy(NEXT);

    assertThat(rollout.object().path("spec").has("template")).isFalse();
    assertThat(rollout.pauseReasons()).containsExactly("CanaryPauseStep");
    assertThat(rollout.status().path("workloadObservedGeneration").asText()).isEqualTo("2");
    assertThat(cluster.store().ownedBy(rollout.uid(), Resource.REPLICA_SETS))
        .extracting(set -> set.tree().at("/spec/template/spec/containers/0/image").asText())
        .containsExactlyInAnyOrder("registry.example/app:1", NEXT);
  }

  @Test
  void podsTakeTheirTimeWhereToldTo() {
    cluster.argo().podsReadyAfter(Duration.ofSeconds(20));
    SandboxRollout rollout = canary(setWeight(20), pause());
    assertThat(rollout.phase()).isEqualTo("Progressing");

    pass(Duration.ofSeconds(20));

    assertThat(rollout.phase()).isEqualTo("Healthy");
  }
}
