package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.ab;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.rollout.At;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("FL7, C3: what plan finds for a gate on a Canary")
class FlaggerPreflightTest {
  private static final GateNeeds NEEDS =
      new GateNeeds(true, true, Duration.ofMinutes(10), Duration.ofMinutes(45));

  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private List<Finding> examine(CanaryJson canary) {
    return examine(canary, NEEDS);
  }

  private List<Finding> examine(CanaryJson canary, GateNeeds needs) {
    stage.shows(canary);
    return FlaggerPreflight.examine(stage.client, stage.target, needs);
  }

  private static List<String> wrong(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.level() != Finding.Level.OK)
        .map(finding -> finding.level() + " " + finding.subject() + ": " + finding.message())
        .toList();
  }

  private static Finding find(List<Finding> findings, String subject) {
    return findings.stream()
        .filter(f -> f.subject().equals(subject) && f.level() != Finding.Level.OK)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whereAllIsWellItSaysWhatCannotBeSeenFromHere() {
    List<Finding> findings = examine(canary());
    assertThat(wrong(findings))
        .containsExactly(
            "WARNING hooks: whether Flagger reaches http://gate.canary-gate:8081 cannot be seen"
                + " from here");
    assertThat(find(findings, "hooks").remedy().orElseThrow())
        .contains("curl")
        .contains("/confirm-promotion");
    assertThat(findings)
        .extracting(Finding::message)
        .contains("canary by weights up to 60 %, Progressing", "is what the target holds");
  }

  @Test
  void eachRightIsAskedForByItself() {
    stage.api.allow(right -> !right.equals("patch canaries"));
    Finding missing = find(examine(canary()), "right: patch canaries.flagger.app in shop");
    assertThat(missing.message()).contains("decision's annotation");
    assertThat(missing.remedy().orElseThrow())
        .contains("apiGroups: [\"flagger.app\"], resources: [\"canaries\"], verbs: [\"patch\"]");
    assertThat(stage.api.requests)
        .extracting(FakeApi.Request::body)
        .anyMatch(body -> body.contains("\"deployments\""))
        .noneMatch(body -> body.contains("daemonsets"));
  }

  @Test
  void aGateThatActsOnNothingNeedsNoRightToPatch() {
    stage.api.allow(right -> !right.startsWith("patch"));
    GateNeeds none = new GateNeeds(false, false, NEEDS.start(), NEEDS.total());
    assertThat(wrong(examine(canary(), none))).noneMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void missingHooksComeWithYamlReadyToAdd() {
    List<Finding> findings = examine(canary().analysis("webhooks", "[]"));
    assertThat(find(findings, "hook confirm-promotion").remedy().orElseThrow())
        .contains("behind all others of this type")
        .contains(
            """
            - name: canary-gate-confirm-promotion
              type: confirm-promotion
              url: http://canary-gate.canary-gate:8081/confirm-promotion
              timeout: 10s
              retries: 3
            """);
    assertThat(find(findings, "hook rollback").level()).isEqualTo(Finding.Level.ERROR);
  }

  @Test
  void aHookOfTheRightTypeThatAsksSomebodyElseIsNotOurs() {
    List<Finding> findings =
        examine(
            canary()
                .analysis(
                    "webhooks",
                    "[{'name':'g','type':'confirm-promotion','url':'http://loadtester/gate/check'}]"));
    assertThat(find(findings, "hook confirm-promotion").message())
        .isEqualTo("none of its 1 asks /confirm-promotion of a gate server");
  }

  @Test
  @DisplayName("FL7: our hook must be the last confirm-promotion hook")
  void oursMustBeTheLast() {
    List<Finding> findings =
        examine(canary().hook("{'name':'slow','type':'confirm-promotion','url':'http://s/'}"));
    assertThat(find(findings, "hook confirm-promotion").message())
        .contains("ours is not the last one: slow is asked after it");
  }

  @Test
  void fewRetriesAndAShortTimeoutAreWarnedOf() {
    List<Finding> findings =
        examine(
            blueGreen()
                .analysis(
                    "webhooks",
                    "[{'name':'p','type':'confirm-promotion','timeout':'2s','url':"
                        + "'http://g:8081/confirm-promotion'},{'name':'r','type':'rollback',"
                        + "'retries':3,'url':'http://h:8081/rollback'}]"));
    assertThat(wrong(findings))
        .anyMatch(line -> line.contains("p has retries: 0, so that one lost request is a no; in"))
        .anyMatch(line -> line.contains("p waits 2000 ms for an answer"))
        .anyMatch(line -> line.contains("different servers: http://g:8081, http://h:8081"));
  }

  @Test
  void anAnalysisThatIsLongerThanTheGateWaitsIsWarnedOf() {
    List<Finding> findings =
        examine(canary().analysis("interval", "'5m'").analysis("stepWeight", "5"));
    assertThat(find(findings, "timeouts.start").message())
        .isEqualTo(
            "is 10 min, and the analysis takes at least 65 min to reach the promotion (13"
                + " intervals of 300 s)");
    GateNeeds short_ = new GateNeeds(true, true, Duration.ofMinutes(10), Duration.ofMinutes(15));
    assertThat(find(examine(canary().analysis("interval", "'5m'"), short_), "timeouts.total"))
        .isNotNull();
  }

  @Test
  void whatIsNeverGatedIsAnError() {
    assertThat(find(examine(canary().spec("skipAnalysis", "true")), "gate point").level())
        .isEqualTo(Finding.Level.ERROR);
    assertThat(find(examine(canary().target("v1", "Service")), "Canary shop/checkout").message())
        .contains("cannot be gated");
    assertThat(find(examine(canary().spec("suspend", "true")), "spec.suspend").remedy())
        .contains(Commands.resume(stage.target));
  }

  @Test
  void unattendedThatWouldOvertakeTheGateIsWarnedOf() {
    CanaryJson hasty = canary().annotated(Unattended.ANNOTATION, "allowAfter=30m");
    assertThat(find(examine(hasty), Unattended.ANNOTATION).message()).contains("after 30 min");
    stage.api.remove(Stage.PATH);
    CanaryJson wrong = canary().annotated(Unattended.ANNOTATION, "soon");
    assertThat(find(examine(wrong), Unattended.ANNOTATION).message()).contains("holds, for");
  }

  @Test
  void atProgressingNoPromotionHookIsNeeded() {
    stage.close();
    stage = new Stage(At.progressing(), Stage.OURS);
    assertThat(wrong(examine(canary().analysis("webhooks", "[]"))))
        .containsExactly("ERROR hook rollback: the Canary has none");
  }

  @Test
  @DisplayName("FL7: a gate that never promotes does not answer our confirm-promotion hook")
  void atProgressingOurPromotionHookNeedsAnotherGate() {
    stage.close();
    stage = new Stage(At.progressing(), Stage.OURS);
    Finding warning = find(examine(canary()), "hook confirm-promotion");
    assertThat(warning.level()).isEqualTo(Finding.Level.WARNING);
    assertThat(warning.message())
        .isEqualTo(
            "asks the gate server, and this gate never promotes: Flagger waits there until another"
                + " gate decides");
    assertThat(warning.remedy()).contains("run a gate at the promotion too");
  }

  @Test
  void whereNobodyNeedsToPromoteAGateAtProgressingIsEnough() {
    stage.close();
    stage = new Stage(At.progressing(), Stage.OURS);
    CanaryJson unattended = canary().annotated(Unattended.ANNOTATION, "allowAfter=2h");
    assertThat(wrong(examine(unattended)))
        .noneMatch(line -> line.contains("hook confirm-promotion"));
  }

  @Test
  @DisplayName("FL5: Failed with a weight above 0 gives the next template all traffic")
  void afterAFailedPromotionTheNextTemplateGetsAllTraffic() {
    CanaryJson failed = canary().phase("Failed", CanaryJson.T3).weight(100);
    Finding warning = find(examine(failed.spec("provider", "'gatewayapi:v1'")), "traffic");
    assertThat(warning.level()).isEqualTo(Finding.Level.WARNING);
    assertThat(warning.message())
        .isEqualTo(
            "a promotion failed, and the canary serves everything: what is deployed next gets it at"
                + " once, before any hook is asked, confirm-rollout included");
    assertThat(warning.remedy().orElseThrow()).contains("let the primary become ready");
  }

  @Test
  void afterAFailedPromotionItSaysWhatDependsOnTheRouter() {
    String failed = "Failed";
    Finding unknown = find(examine(canary().phase(failed, CanaryJson.T3).weight(100)), "traffic");
    assertThat(unknown.message()).contains("where there is a router, the canary serves everything");
    stage.api.remove(Stage.PATH);
    Finding matched = find(examine(ab().phase(failed, CanaryJson.T3).weight(100)), "traffic");
    assertThat(matched.message()).contains("the canary serves all users who match");
    stage.api.remove(Stage.PATH);
    CanaryJson alone = blueGreen().spec("provider", "'kubernetes'");
    Finding primary = find(examine(alone.phase(failed, CanaryJson.T3).weight(100)), "traffic");
    assertThat(primary.message())
        .isEqualTo("a promotion failed, and the primary serves what failed");
  }

  @Test
  void whatWasTakenBackLeavesNoTrafficBehind() {
    assertThat(wrong(examine(canary().phase("Failed", CanaryJson.T3))))
        .noneMatch(line -> line.contains("traffic:"));
  }

  @Test
  void whatIsNotThereIsSaid() {
    List<Finding> absent = FlaggerPreflight.examine(stage.client, stage.target, NEEDS);
    assertThat(find(absent, "Canary shop/checkout").message()).contains("no namespace shop");
    stage.api.notServed();
    List<Finding> findings = FlaggerPreflight.examine(stage.client, stage.target, NEEDS);
    assertThat(find(findings, "canaries.flagger.app/v1beta1").remedy().orElseThrow())
        .contains("install Flagger there");
  }
}
