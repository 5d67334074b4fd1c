package io.jenkins.plugins.canarygate.gatefile;

import static io.jenkins.plugins.canarygate.gatefile.TestGates.CHECKS;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.HEAD;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.faults;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.gate.ScoreTargets;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutRulesTest {

  @Test
  void r1TheRevisionIsRequired() {
    assertThat(faults(revision("").replace("revision: ", "")))
        .containsExactly("spec.rollout.revision: is missing");
    assertThat(faults(revision("{container: app}")))
        .containsExactly("spec.rollout.revision.image: is missing");
    assertThat(faults(revision("ayn")))
        .containsExactly("spec.rollout.revision: 'ayn' must be 'any'");
  }

  @Test
  void r1AnImageWithOrWithoutItsContainerOrAny() {
    assertThat(asked("any")).isEqualTo(RevisionAsked.any());
    assertThat(asked("{image: 'a:1'}")).isEqualTo(RevisionAsked.image("a:1"));
    assertThat(asked("{image: 'a@sha256:0', container: app}"))
        .isEqualTo(new RevisionAsked(Optional.of("a@sha256:0"), Optional.of("app")));
  }

  @Test
  void namesThatKubernetesCannotHaveAreRefused() {
    assertThat(faults(revision("{image: 'a b', container: App}")))
        .containsExactly(
            "spec.rollout.revision.image: no image: it is blank or has a space",
            "spec.rollout.revision.container: no name of a container");
    assertThat(
            faults(
                HEAD.replace("namespace: shop, name: checkout", "namespace: a/b, name: ../x")
                    + CHECKS))
        .containsExactly(
            "spec.rollout.argo.namespace: no name of a namespace: small letters, digits and -",
            "spec.rollout.argo.name: no name of a Kubernetes object: small letters, digits, - and .");
  }

  @Test
  void r3TheForms() {
    assertThat(at("{pause: next}")).isEqualTo(At.nextPause());
    assertThat(at("{}")).isEqualTo(At.nextPause());
    assertThat(at("{hold: true}")).isEqualTo(At.nextPause().held());
    assertThat(at("{pause: each, hold: true}")).isEqualTo(At.eachPause().held());
    assertThat(at("{step: 0}")).isEqualTo(At.step(0));
    assertThat(at("progressing")).isEqualTo(At.progressing());
    assertThat(TestGates.read(HEAD + CHECKS).spec().target().at()).isEqualTo(At.nextPause());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{pause: each, step: 1}| spec.at.step: stands beside pause: give one of them",
        "{pause: last}| spec.at.pause: 'last' must be one of next, each",
        "{step: -1}| spec.at.step: must be a whole number from 0 on",
        "{step: 1, holt: true}| spec.at.holt: unknown field; did you mean 'hold'?",
        "progresing| spec.at: 'progresing' must be one of progressing, promotion; did you mean"
            + " 'progressing'?",
        "promotion| spec.at: a gate on argo cannot stand at promotion; leave it out for the next"
            + " pause",
        "[progressing]| spec.at: must be a mapping with pause, step, hold",
      })
  void r3WhatIsNoPoint(String at, String fault) {
    assertThat(faults(HEAD + "  at: " + at + "\n" + CHECKS)).containsExactly(fault);
  }

  @Test
  void r3WhileProgressingNothingIsPromoted() {
    String progressing = HEAD + "  at: progressing\n" + CHECKS;
    Policy policy = TestGates.read(progressing).spec().policy();
    assertThat(policy.onPass()).isEqualTo(Reaction.NONE);
    assertThat(policy.onWarn()).isEqualTo(Reaction.NONE);
    assertThat(policy.onFail()).isEqualTo(Reaction.ABORT);
    assertThat(faults(progressing + "  onPass: promote\n  onWarn: promoteFully\n"))
        .containsExactly(
            "spec.onPass: with at: progressing there is no pause to promote from: use none",
            "spec.onWarn: with at: progressing there is no pause to promote from: use none");
    assertThat(TestGates.read(progressing + "  onWarn: abort\n").spec().policy().onWarn())
        .isEqualTo(Reaction.ABORT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "onPass| promote promoteFully none| abort pause",
        "onWarn| promote promoteFully pause abort none| ask",
        "onFail| abort pause none| promote promoteFully",
        "onInconclusive| abort pause none| promote",
        "onTimeout| abort pause none| promote",
        "onCancel| abort pause none| promote",
        "onNotGated| fail pass| none",
      })
  void a5EachVerdictHasItsWords(String field, String words, String others) {
    for (String word : words.split(" ")) {
      assertThat(faults(HEAD + CHECKS + "  " + field + ": " + word)).isEmpty();
    }
    for (String word : others.split(" ")) {
      assertThat(faults(HEAD + CHECKS + "  " + field + ": " + word))
          .singleElement()
          .asString()
          .startsWith("spec." + field + ": '" + word + "' must be one of ");
    }
  }

  @Test
  void a5TheWordsAreHeardWhereTheyStand() {
    Policy policy =
        TestGates.read(
                HEAD
                    + CHECKS
                    + "  onPass: promoteFully\n  onWarn: none\n  onFail: pause\n"
                    + "  onInconclusive: abort\n  onTimeout: pause\n  onCancel: abort\n"
                    + "  onNotGated: pass\n")
            .spec()
            .policy();
    assertThat(policy)
        .isEqualTo(
            new Policy(
                Reaction.PROMOTE_FULLY,
                Reaction.NONE,
                Reaction.PAUSE,
                Reaction.ABORT,
                Reaction.PAUSE,
                Reaction.ABORT,
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{start: 1h}| spec.timeouts.start: start (1h) must not be longer than total (45m)",
        "{total: 5m}| spec.timeouts.total: start (10m) must not be longer than total (5m)",
        "{start: 0s}| spec.timeouts.start: must be longer than nothing and at most 720h",
        "{total: 721h}| spec.timeouts.total: must be longer than nothing and at most 720h",
        "{total: 5}| spec.timeouts.total: must be a length of time, as 5m, 1h30m, 90s or 500ms",
      })
  void d7TheTimesHaveTheirBounds(String timeouts, String fault) {
    assertThat(faults(HEAD + CHECKS + "  timeouts: " + timeouts)).containsExactly(fault);
  }

  @Test
  void d2AScoreIsOrdered() {
    assertThat(score("{pass: 90%, warn: 75}")).isEqualTo(new ScoreTargets(90, 75));
    assertThat(score("{pass: 80.5}")).isEqualTo(new ScoreTargets(80.5, 80.5));
    assertThat(faults(HEAD + CHECKS + "  score: {pass: 50, warn: 75}"))
        .containsExactly("spec.score.warn: must not be above pass");
    assertThat(faults(HEAD + CHECKS + "  score: {warn: 75}"))
        .containsExactly("spec.score.pass: is missing");
    assertThat(
            faults(HEAD + CHECKS.replace("name: a", "name: a, weight: 0") + "  score: {pass: 50}"))
        .containsExactly("spec.score: needs a check that counts and whose weight is above 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{environment: ' '}", "{marker: {type: \"a\\nb\"}}"})
  void theGatesOwnHoneycombSectionIsLookedAt(String section) {
    assertThat(faults(HEAD + CHECKS + "  honeycomb: " + section))
        .singleElement()
        .asString()
        .endsWith("must be one line and not blank");
  }

  @Test
  void aMarkerHasItsDefaults() {
    Gate gate = TestGates.read(HEAD + CHECKS + "  honeycomb: {marker: {}}");
    assertThat(gate.honeycomb().orElseThrow().marker().type()).isEqualTo("deploy");
    assertThat(gate.honeycomb().orElseThrow().marker().dataset()).isEqualTo("__all__");
    assertThat(gate.spec().announce()).isTrue();
  }

  private static String revision(String revision) {
    return HEAD.replace("revision: any", "revision: " + revision) + CHECKS;
  }

  private static RevisionAsked asked(String revision) {
    return TestGates.read(revision(revision)).spec().target().revision();
  }

  private static At at(String at) {
    return TestGates.read(HEAD + "  at: " + at + "\n" + CHECKS).spec().target().at();
  }

  private static ScoreTargets score(String score) {
    return TestGates.read(HEAD + CHECKS + "  score: " + score).spec().score().orElseThrow();
  }
}
