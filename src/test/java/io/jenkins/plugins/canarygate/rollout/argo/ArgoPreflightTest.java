package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.STABLE;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Finding.Level;
import io.jenkins.plugins.canarygate.rollout.At;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("plan: what is verified before traffic shifts")
class ArgoPreflightTest {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private Stage stage = new Stage();

  @BeforeEach
  void cluster() {
    stage.api.put(
        "/version",
        (com.fasterxml.jackson.databind.node.ObjectNode)
            RolloutJson.json("{'metadata':{},'gitVersion':'v1.34.4'}"));
    stage.api.allow(right -> true);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private List<Finding> plan() {
    return ArgoPreflight.examine(stage.client(), stage.target, true, stage.target.at().hold());
  }

  private static String all(List<Finding> findings, Level level) {
    return findings.stream()
        .filter(finding -> finding.level() == level)
        .map(f -> f.subject() + ": " + f.message() + " -> " + f.remedy().orElse(""))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void allIsWellWhereEverythingIsThere() {
    stage.shows(canary().pausedAt(1));
    List<Finding> findings = plan();
    assertThat(findings).allMatch(finding -> finding.level() == Level.OK);
    assertThat(all(findings, Level.OK))
        .contains("Kubernetes v1.34.4")
        .contains("rollouts.argoproj.io/v1alpha1: served")
        .contains("right: patch rollouts/status.argoproj.io in shop: granted")
        .contains("canary by numbers of pods, 4 steps, Paused, generation observed")
        .contains("gate point: the next pause; from the start that is step 1 of 4")
        .contains("is revision " + RolloutJson.CANARY + ", on its way");
  }

  @Test
  void eachMissingRightComesWithTheYamlThatGrantsIt() {
    stage.shows(canary());
    stage.api.allow(right -> !right.startsWith("patch") && !right.equals("watch analysisruns"));
    String errors = all(plan(), Level.ERROR);
    assertThat(errors)
        .contains("right: patch rollouts/status.argoproj.io in shop: missing")
        .contains(
            "- {apiGroups: [\"argoproj.io\"], resources: [\"rollouts/status\"], verbs: [\"patch\"]}")
        .contains("right: watch analysisruns.argoproj.io in shop: missing")
        .doesNotContain("right: get");
  }

  @Test
  void theRightToPatchRolloutsIsAskedOnlyForHolds() {
    stage.shows(canary());
    assertThat(all(plan(), Level.OK)).doesNotContain("patch rollouts.argoproj.io");
    restage(At.nextPause().held());
    stage.shows(canary());
    assertThat(all(plan(), Level.OK)).contains("patch rollouts.argoproj.io");
  }

  @Test
  void rightsAreAskedForResourceAndSubresourceApart() {
    stage.shows(canary());
    plan();
    assertThat(stage.api.requests)
        .filteredOn(request -> request.path().equals(REVIEWS))
        .anyMatch(
            request ->
                request.body().contains("\"resource\":\"rollouts\"")
                    && request.body().contains("\"subresource\":\"status\"")
                    && request.body().contains("\"verb\":\"patch\""));
  }

  @Test
  void workloadRefNeedsARightOfItsOwn() {
    stage.api.allow(right -> !right.equals("get deployments"));
    stage.api.put(
        "/apis/apps/v1/namespaces/shop/deployments/checkout",
        (com.fasterxml.jackson.databind.node.ObjectNode)
            RolloutJson.json("{'metadata':{'generation':3}}"));
    stage.shows(canary().spec("workloadRef", "{'kind':'Deployment','name':'checkout'}"));
    assertThat(all(plan(), Level.ERROR)).contains("get deployments.apps");
  }

  @Test
  void aKindThatIsNotServedEndsIt() {
    stage.api.notServed();
    List<Finding> findings = plan();
    assertThat(all(findings, Level.ERROR))
        .contains("the cluster does not serve it")
        .contains("install Argo Rollouts");
    assertThat(findings).noneMatch(finding -> finding.subject().startsWith("right"));
  }

  @Test
  void anExpiredTokenEndsIt() {
    for (int i = 0; i < 4; i++) {
      stage.api.answerNext(401, FakeApi.status("Unauthorized", "Unauthorized", ""));
    }
    assertThat(all(plan(), Level.ERROR)).contains("401").contains("token has expired");
  }

  @Test
  void aServerThatIsNoneOfKubernetesIsNamed() {
    stage.api.answerNext(200, "<html>log in</html>");
    assertThat(all(plan(), Level.ERROR)).contains("not as a Kubernetes API server");
  }

  @Test
  void aServerThatCannotBeReachedIsNamed() {
    try (KubernetesClient nowhere =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:1")
                    .withRequestTimeout(1000)
                    .build())
            .build()) {
      List<Finding> findings = ArgoPreflight.examine(nowhere, stage.target, true, false);
      assertThat(findings).hasSize(1);
      assertThat(all(findings, Level.ERROR)).contains("no answer from http://127.0.0.1:1");
    }
  }

  @Test
  void aNamespaceThatIsNotThereIsAnErrorAndARolloutThatIsNotOnlyAWarning() {
    assertThat(all(plan(), Level.ERROR)).contains("there is no namespace shop");
    stage.api.put(
        "/api/v1/namespaces/shop",
        (com.fasterxml.jackson.databind.node.ObjectNode) RolloutJson.json("{'metadata':{}}"));
    List<Finding> findings = plan();
    assertThat(all(findings, Level.ERROR)).isEmpty();
    assertThat(all(findings, Level.WARNING)).contains("no such Rollout yet");
  }

  @Test
  void aStrategyThatNeverPausesIsAnErrorThatSaysWhatToChange() {
    stage.shows(canary("[]"));
    assertThat(all(plan(), Level.ERROR)).contains("no gate point can come").contains("pause step");
  }

  @Test
  void blueGreenThatSwitchesAtOnceIsAnErrorThatSaysWhatToSet() {
    stage.shows(blueGreen("'autoPromotionEnabled':true"));
    assertThat(all(plan(), Level.ERROR)).contains("set autoPromotionEnabled: false");
  }

  @Test
  void shortTimedPausesWithHoldAreWarnedAbout() {
    restage(At.nextPause().held());
    stage.shows(canary("[{'pause':{'duration':'20s'}},{'pause':{'duration':'1m'}}]"));
    assertThat(all(plan(), Level.WARNING))
        .contains("the pause at step 0 is 20 s")
        .doesNotContain("step 1");
    stage.shows(blueGreen("'autoPromotionSeconds':10"));
    assertThat(all(plan(), Level.WARNING)).contains("autoPromotionSeconds is 10 s");
  }

  @Test
  void whatIsThereInsteadOfTheRevisionIsSaid() {
    stage.shows(canary().revision(STABLE).step(4).healthy());
    assertThat(all(plan(), Level.OK))
        .contains("waiting for shop/app:2: the current revision is " + STABLE + " (shop/app:1");
  }

  @Test
  void anInvalidSpecIsAnError() {
    stage.shows(
        canary().status("conditions", "[{'type':'InvalidSpec','status':'True','message':'120'}]"));
    assertThat(all(plan(), Level.ERROR)).contains("refuses the spec: 120");
  }

  private void restage(At at) {
    stage.close();
    stage = new Stage(at);
    cluster();
  }
}
