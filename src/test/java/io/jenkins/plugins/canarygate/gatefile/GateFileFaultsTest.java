package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GateFileFaultsTest {
  private static final String TEN =
      """
      apiVersion: canary-gate/v2
      kind: Gate
      metadata: {name: checkout}
      spec:
        rollout:
          argo: {namespace: shop, nam: checkout}
          revision: {image: "${imgae}"}
        parameters: {image: {default: "a:1"}}
        at: {pause: nxt}
        checks:
          - name: errors
            honeycomb:
              dataset: d
              query: {calculations: [{op: AVG, column: error}], time_range: 60}
            fial: "> 1%"
            fail: "more than 1%"
            count: many
            window: 5 minutes
          - name: errors
            honeycomb: {dataset: d, query: {calculations: [{op: AVGG, column: error}]}}
            fail: "> 1"
        onFail: abrt
      """;

  @Test
  void allFaultsOfAFileAreNamedAtOnceWithPathPlaceAndNearestWord() {
    List<String> lines = TestGates.raw(TEN).stream().map(fault -> fault.in("gate.yaml")).toList();
    assertThat(lines)
        .containsExactly(
            "gate.yaml:1:13: apiVersion: 'canary-gate/v2' must be 'canary-gate/v1'",
            "gate.yaml:6:11: spec.rollout.argo.name: is missing",
            "gate.yaml:6:29: spec.rollout.argo.nam: unknown field; did you mean 'name'?",
            "gate.yaml:7:23: spec.rollout.revision.image: unknown placeholder ${imgae}; did you"
                + " mean 'image'?",
            "gate.yaml:9:15: spec.at.pause: 'nxt' must be one of next, each; did you mean 'next'?",
            "gate.yaml:14:71: spec.checks[0].honeycomb.query.time_range: is the gate's own to set:"
                + " leave it out",
            "gate.yaml:15:7: spec.checks[0].fial: unknown field; did you mean 'fail'?",
            "gate.yaml:16:13: spec.checks[0].fail: must be a criterion in quotes, as \"> 1%\", \">="
                + " 0, < 5\" or \"in [1, 2]\" (the smaller number first)",
            "gate.yaml:17:14: spec.checks[0].count: must be a whole number from 0 on",
            "gate.yaml:18:15: spec.checks[0].window: must be a length of time, as 5m, 1h30m, 90s or"
                + " 500ms",
            "gate.yaml:19:13: spec.checks[1].name: is the name of checks[0] as well: names are"
                + " unique",
            "gate.yaml:20:59: spec.checks[1].honeycomb.query.calculations[0].op: Honeycomb has no"
                + " such calculation; did you mean 'AVG'?",
            "gate.yaml:22:11: spec.onFail: 'abrt' must be one of abort, pause, none; did you mean"
                + " 'abort'?");
  }

  @Test
  void theMessageHasThemAllOneALine() {
    assertThatThrownBy(() -> GateFile.read(TestGates.bytes(TEN), "my gate.yaml", Map.of()))
        .isInstanceOf(GateFileException.class)
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(13))
        .startsWith("my gate.yaml:1:13: apiVersion: ")
        .contains("\nmy gate.yaml:15:7: spec.checks[0].fial: unknown field; did you mean 'fail'?");
  }

  @Test
  void aFileOfNothingButMistakesStaysShort() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("field").append(i).append(": 1\n");
    }
    assertThatThrownBy(() -> GateFile.read(TestGates.bytes(text.toString()), "g", Map.of()))
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(201))
        .endsWith("g: and 4804 more");
  }

  @Test
  void everythingThatIsRequiredIsAskedFor() {
    assertThat(TestGates.faults("{}"))
        .containsExactly(
            "apiVersion: is missing",
            "kind: is missing",
            "metadata: is missing",
            "spec: is missing");
    assertThat(TestGates.faults("{apiVersion: canary-gate/v1, kind: Gate, metadata: {}, spec: {}}"))
        .containsExactly(
            "metadata.name: is missing", "spec.rollout: is missing", "spec.checks: is missing");
  }

  @Test
  void wrongTypesAreNamedAsWhatTheyShouldBe() {
    assertThat(
            TestGates.faults(
                """
                apiVersion: canary-gate/v1
                kind: Gate
                metadata: {name: 7}
                spec:
                  rollout: checkout
                  cohorts: [canary]
                  defaults:
                  checks:
                    a: {}
                  score: {pass: 9000%}
                  timeouts: {start: 10, total: -5m}
                """))
        .containsExactly(
            "metadata.name: must be text: put it in quotes",
            "spec.rollout: must be a mapping with cluster, revision, argo, flagger",
            "spec.cohorts: must be a mapping with canary, stable",
            "spec.defaults: is empty: give it a value, or leave it out",
            "spec.checks: must be a list",
            "spec.score.pass: must be a percentage from 0 to 100, as 90",
            "spec.timeouts.start: must be a length of time, as 5m, 1h30m, 90s or 500ms",
            "spec.timeouts.total: must be a length of time, as 5m, 1h30m, 90s or 500ms");
  }

  @Test
  void onlyJsonsTruthsAreTruths() {
    assertThat(
            TestGates.faults(
                TestGates.checkFile(TestGates.QUERY + ", fail: '> 1', dryRun: yes, key: 'true'")))
        .containsExactly(
            "spec.checks[0].dryRun: must be true or false",
            "spec.checks[0].key: must be true or false");
  }

  @Test
  void whatComesLaterIsSaidToBeNotYetKnown() {
    String text =
        TestGates.HEAD
            + """
              checks:
                - {name: a, honeycomb: {dataset: d, query: {calculations: [{op: COUNT}]}}, fail: "> 1"}
              onInconclusive: ask
              decision: {by: [me]}
            """;
    assertThat(TestGates.faults(text))
        .containsExactly(
            "spec.onInconclusive: 'ask' is not yet known to this version",
            "spec.decision: not yet known to this version: leave it out");
  }

  @Test
  @DisplayName("M9, M13, M14: what a check of Keptn has no use for, all at once")
  void aCheckOfKeptnIsReadWhole() {
    String keptn =
        "keptn: {analysis: {namespace: shop, definition: checkout, args: {pods: '${cohort.pods}'}},"
            + " timeout: 3m}";
    assertThat(TestGates.faults(TestGates.checkFile(keptn))).isEmpty();
    assertThat(TestGates.withCheck(keptn).spec().check("a").source())
        .isEqualTo("keptn analysis by checkout");
    assertThat(TestGates.faults(TestGates.checkFile(keptn + ", fail: '> 1', minimumSamples: 3")))
        .containsExactlyInAnyOrder(
            "spec.checks[0].fail: what the check asks is judged by its source itself: leave it out",
            "spec.checks[0].minimumSamples: this source counts no samples: leave it out");
    assertThat(
            TestGates.faults(
                TestGates.checkFile("keptn: {metric: {namespace: shop, name: P95}, timout: 3m}")))
        .containsExactly("spec.checks[0].keptn.timout: unknown field; did you mean 'timeout'?");
    assertThat(
            TestGates.faults(
                TestGates.checkFile(
                    "keptn: {metric: {namespace: shop, name: p95}}, window: 5m, fail: '> 1'")))
        .containsExactly(
            "spec.checks[0].window: this source has no window of telemetry: leave it out");
    assertThat(
            TestGates.faults(
                TestGates.HEAD + "  cohorts: {canary: {keptn: []}}\n" + TestGates.CHECKS))
        .anyMatch(fault -> fault.startsWith("spec.cohorts.canary.keptn: unknown field"));
  }

  @Test
  void aCheckHasOneSourceAndARolloutOneController() {
    assertThat(TestGates.faults(TestGates.checkFile("fail: '> 1'")))
        .containsExactly("spec.checks[0]: needs one of honeycomb, keptn, argo, prometheus");
    assertThat(
            TestGates.faults(
                TestGates.checkFile(
                    TestGates.QUERY + ", argo: {analysisRuns: required}, fail: '> 1'")))
        .containsExactly("spec.checks[0].argo: stands beside 'honeycomb': only one of them may");
    assertThat(
            TestGates.faults(
                TestGates.HEAD.replace("    argo: {namespace: shop, name: checkout}\n", "")
                    + TestGates.CHECKS))
        .containsExactly("spec.rollout: needs one of argo, flagger");
  }

  @Test
  void noValueIsRepeatedBeyondTheWrongWordOfAnEnumeration() {
    String secret = "hcaik_" + "s3cr3t".repeat(40);
    String text =
        TestGates.HEAD.replace("shop", "'" + secret + "/'")
            + TestGates.checkFile("fail: '" + secret + "'").substring(TestGates.HEAD.length())
            + "  timeouts: {start: "
            + secret
            + "}\n"
            + "  onFail: "
            + secret
            + "\n";
    assertThat(TestGates.faults(text))
        .hasSizeGreaterThan(3)
        .filteredOn(fault -> fault.contains("s3cr3t"))
        .singleElement()
        .asString()
        .startsWith("spec.onFail: 'hcaik_")
        .hasSizeLessThan(150);
  }

  @Test
  void aTreeOfAnotherFrontEndGoesThroughTheSameValidation() throws Exception {
    Map<String, Object> tree =
        Map.of(
            "apiVersion",
            "canary-gate/v1",
            "kind",
            "Gate",
            "metadata",
            Map.of("name", "checkout"),
            "spec",
            Map.of(
                "rollout",
                Map.of("argo", Map.of("namespace", "shop", "name", "checkout"), "revision", "any"),
                "checks",
                List.of(
                    Map.of(
                        "name",
                        "argo",
                        "argo",
                        Map.of("analysisRuns", "required"),
                        "count",
                        2,
                        "optional",
                        true,
                        "weight",
                        1.5))));
    Gate gate = GateFile.read(tree, "Jenkinsfile", Map.of());
    assertThat(gate.spec().checks().get(0).schedule().count()).isEqualTo(2);
    assertThat(gate.spec().checks().get(0).weight()).isEqualTo(1.5);
    assertThat(gate.spec().digest()).hasSize(64);
    assertThatThrownBy(
            () -> GateFile.read(Map.of("kind", new Object()), "Jenkinsfile", Map.of("a", "b")))
        .hasMessageContaining("Jenkinsfile: kind: must be a mapping, a list, text,")
        .hasMessageContaining("Jenkinsfile: spec: is missing");
  }

  @Test
  void aTreeThatHoldsItselfIsRefused() {
    Map<String, Object> tree = new java.util.HashMap<>();
    tree.put("spec", tree);
    assertThatThrownBy(() -> GateFile.read(tree, "Jenkinsfile", Map.of()))
        .isInstanceOf(GateFileException.class)
        .hasMessageContaining("nested more than 50 deep");
  }

  @Test
  void theCommandsByHandCanBePasted() throws GateFileException {
    byte[] text = TestGates.bytes(TestGates.HEAD + TestGates.CHECKS);
    assertThat(GateFile.read(text, "ci/gate.yaml", Map.of()).spec().commands().abort())
        .isEqualTo("canary-gate abort ci/gate.yaml --reason TEXT");
    assertThat(GateFile.read(text, "it's; rm", Map.of()).spec().commands().promote())
        .isEqualTo("canary-gate promote 'it'\\''s; rm' --reason TEXT");
  }

  @Test
  void whatCouldKeepTheReaderBusyIsRefused() {
    String digits = "> " + "1".repeat(200_000) + "x";
    assertThat(TestGates.faults(TestGates.checkFile(TestGates.QUERY + ", fail: '" + digits + "'")))
        .singleElement()
        .asString()
        .startsWith("spec.checks[0].fail: must be a criterion");
    StringBuilder many = new StringBuilder(TestGates.HEAD).append("  parameters:\n");
    for (int i = 0; i < 5000; i++) {
      many.append("    p" + i + ": {default: 1}\n");
    }
    many.append("  checks:\n");
    for (int i = 0; i < 8000; i++) {
      many.append("  - argo: ${q}\n");
    }
    assertThat(TestGates.faults(many.toString()))
        .contains("spec.parameters: there are more than 100 parameters")
        .contains("spec.checks[7999].argo: unknown placeholder ${q}");
  }

  @Test
  void aFaultIsOneLineWhateverTheFileHolds() {
    String query =
        "{dataset: d, query: {calculations: [{op: AVG, column: \"a\\nb\"}], \"x\\ny\": 1}}";
    assertThat(TestGates.faults(TestGates.checkFile("honeycomb: " + query + ", fail: '> 1'")))
        .containsExactly("spec.checks[0].honeycomb.query.x y: unknown field");
    String noResult =
        "{dataset: d, result: c, query: {calculations: [{op: AVG, column: \"a\\nb\"}]}}";
    assertThat(TestGates.faults(TestGates.checkFile("honeycomb: " + noResult + ", fail: '> 1'")))
        .containsExactly(
            "spec.checks[0].honeycomb.result: the query has no such result; it has AVG(a b)");
  }

  @Test
  void aHundredChecksAreRead() {
    StringBuilder text = new StringBuilder(TestGates.HEAD).append("  checks:\n");
    for (int i = 0; i < 100; i++) {
      text.append("    - {name: c" + i + ", " + TestGates.QUERY + ", fail: '> 1%'}\n");
    }
    assertThat(TestGates.read(text.toString()).spec().checks()).hasSize(100);
  }
}
