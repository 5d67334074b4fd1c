package io.jenkins.plugins.canarygate.gatefile;

import static io.jenkins.plugins.canarygate.gatefile.TestGates.CHECKS;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.HEAD;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.faults;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule M13. */
class ParametersTest {
  private static final String DECLARED =
      "  parameters: {image: {required: true}, tier: {default: 1.10}, wait: {default: 20m}}\n";

  @Test
  void m13ValuesComeFromTheRunOrFromTheDefault() {
    String text =
        HEAD.replace("any", "{image: \"${image}\"}")
            + DECLARED
            + "  timeouts: {total: \"${wait}\"}\n"
            + check("d-${tier}", "x");
    Gate gate = TestGates.read(text, "image", "a:1");
    assertThat(gate.spec().parameters())
        .isEqualTo(Map.of("image", "a:1", "tier", "1.10", "wait", "20m"));
    assertThat(gate.spec().target().revision().image()).contains("a:1");
    assertThat(gate.spec().timeouts().total()).isEqualTo(Duration.ofMinutes(20));
    assertThat(section(gate).dataset()).isEqualTo("d-1.10");
    assertThat(TestGates.read(text, "image", "a:1", "tier", "2").spec().parameters())
        .containsEntry("tier", "2");
  }

  @Test
  void m13WhatIsMissingOrUnknownIsNamedWithoutFurtherFaults() {
    String text = HEAD.replace("any", "{image: \"${image}\"}") + DECLARED + CHECKS;
    assertThat(faults(text, "imgae", "a:1"))
        .containsExactly(
            "spec.parameters.imgae: was given a value, but the gate file declares no such"
                + " parameter; did you mean 'image'?",
            "spec.parameters.image: has no value in this run: give it one (the command takes --set"
                + " image=VALUE)");
    assertThat(faults(HEAD + CHECKS, "x", "y"))
        .containsExactly(
            "spec.parameters.x: was given a value, but the gate file declares no such parameter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: {}}| a: has no value in this run: give it one (the command takes --set a=VALUE)",
        "{a: {required: false}}| a: needs a default where it is not required",
        "{a: {required: true, default: x}}"
            + "| a: is required, so its default is never used: keep one of the two",
        "{a: {default: [x]}}| a.default: must be text, a number, true or false",
        "{a: x}| a: must be a mapping with required, default",
        "{cohort: {default: x}}| cohort: no name for a parameter",
      })
  void m13ADeclarationSaysRequiredOrDefault(String parameters, String fault) {
    assertThat(faults(HEAD + "  parameters: " + parameters + "\n" + CHECKS))
        .anyMatch(f -> f.startsWith("spec.parameters." + fault));
  }

  @Test
  void m13NamesHoldNoDots() {
    assertThat(faults(HEAD + "  parameters: {a.b: {default: x}}\n" + CHECKS))
        .singleElement()
        .asString()
        .startsWith("spec.parameters['a.b']: no name for a parameter: use letters");
  }

  @Test
  void m13TheRolloutsNamesAreKnownAtOnceAndTheCohortsLater() {
    Gate gate =
        TestGates.read(
            HEAD
                + "  cohorts: {canary: {honeycomb: [{column: v, op: '=', value:"
                + " \"${rollout.name}-${rollout.canary}-$${x}\"}]}}\n"
                + check("${rollout.namespace}", "${cohort}/${cohort.pods}/${rollout.stable}"));
    assertThat(section(gate).dataset()).isEqualTo("shop");
    assertThat(gate.honeycombCohorts().get(Cohort.CANARY).get(0).value())
        .isEqualTo("checkout-${rollout.canary}-$${x}");
    assertThat(value(gate)).isEqualTo("${cohort}/${cohort.pods}/${rollout.stable}");
    Map<String, String> names =
        Map.of("cohort", "c", "cohort.pods", "p", "rollout.stable", "s", "rollout.canary", "c");
    assertThat(Placeholders.fill(value(gate), names)).isEqualTo("c/p/s");
    String filter = gate.honeycombCohorts().get(Cohort.CANARY).get(0).value();
    assertThat(Placeholders.fill(filter, names)).isEqualTo("checkout-c-${x}");
  }

  @Test
  void m13AValueIsNeverFilledASecondTime() {
    String text = HEAD + "  parameters: {p: {required: true}}\n" + check("d", "${p}{cohort}-${p}");
    for (String value : new String[] {"${cohort}", "$", "$$", "$${p}", "${nope"}) {
      Gate gate = TestGates.read(text, "p", value);
      assertThat(Placeholders.fill(value(gate), Map.of("cohort", "canary")))
          .isEqualTo(value + "{cohort}-" + value);
    }
    Gate gate =
        TestGates.read(
            HEAD.replace("checkout}\nspec", "\"${p} $${x}\"}\nspec")
                + "  parameters: {p: {default: \"${q}\"}}\n"
                + CHECKS);
    assertThat(gate.spec().name()).isEqualTo("${q} ${x}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a'b", "a`b", "a\\b", "a\nb", "a\u0000b", "a\u009fb"})
  void m13AValueThatCouldBreakOutOfAQueryIsRefusedThere(String value) {
    String text = HEAD + "  parameters: {p: {required: true}}\n";
    String why =
        "the value of 'p' has a quote, backslash or control character, which must not get into a"
            + " query";
    assertThat(faults(text + check("d", "x ${p}"), "p", value))
        .containsExactly("spec.checks[0].honeycomb.query.filters[0].value: " + why);
    String cohorts =
        "  cohorts: {canary: {honeycomb: [{column: v, op: '=', value: \"${p}\"}]}}\n" + CHECKS;
    assertThat(faults(text + cohorts, "p", value))
        .containsExactly("spec.cohorts.canary.honeycomb[0].value: " + why);
    // Elsewhere a quote does no harm.
    assertThat(faults(text + CHECKS + "  honeycomb: {environment: \"${p}\"}", "p", "it's"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${cohorts}| unknown placeholder ${cohorts}; did you mean 'cohort'?",
        "${rollout.canery}| unknown placeholder ${rollout.canery}; did you mean 'rollout.canary'?",
        "${}| unknown placeholder ${}",
        "${$}| unknown placeholder ${$}",
        "x ${p| a placeholder ${ has no end }; a literal ${ is $${",
      })
  void m13AnUnknownPlaceholderIsMisuse(String value, String fault) {
    assertThat(faults(HEAD + check("d", value)))
        .containsExactly("spec.checks[0].honeycomb.query.filters[0].value: " + fault);
  }

  @Test
  void m13APlaceholderWithoutEndInAFilterIsOneFault() {
    String cohorts =
        "  cohorts: {canary: {honeycomb: [{column: v, op: '=', value: \"${x\"}]}}\n" + CHECKS;
    assertThat(faults(HEAD + cohorts))
        .containsExactly(
            "spec.cohorts.canary.honeycomb[0].value: a placeholder ${ has no end }; a literal ${"
                + " is $${");
  }

  @Test
  void m13WhatIsKnownOnlyWhileMeasuringStandsNowhereElse() {
    assertThat(faults(HEAD.replace("any", "{image: \"${rollout.canary}\"}") + CHECKS))
        .containsExactly(
            "spec.rollout.revision.image: ${rollout.canary} is known only while measuring: use it"
                + " in what a check asks its source, or in a cohort's filters");
    assertThat(faults(HEAD + CHECKS.replace("name: a", "name: \"${cohort}\""))).hasSize(1);
    assertThat(
            faults(
                HEAD.replace("name: checkout}\n    rev", "name: \"${rollout.name}\"}\n    rev")
                    + CHECKS))
        .containsExactly("spec.rollout.argo.name: ${rollout.name} is told by this very section");
    assertThat(faults(HEAD + check("${cohort}", "x")))
        .containsExactly(
            "spec.checks[0].honeycomb.dataset: cannot vary with the cohort: no ${rollout.canary},"
                + " ${cohort} and the like here");
  }

  @Test
  void m13PlaceholdersStandInValuesOnly() {
    assertThat(faults(HEAD + CHECKS + "  \"${p}\": 1\n"))
        .anyMatch(f -> f.endsWith("a placeholder may stand in a value, not in a key"));
    assertThat(
            faults(
                HEAD
                    + "  parameters: {n: {default: 3}}\n"
                    + CHECKS.replace("name: a", "name: a, count: \"${n}\"")))
        .containsExactly("spec.checks[0].count: must be a whole number from 0 on");
  }

  @Test
  void s1TheDigestTellsFilesAndParametersApart() {
    String text = HEAD + "  parameters: {a: {default: x}, b: {default: y}}\n" + CHECKS;
    String digest = TestGates.read(text).spec().digest();
    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(TestGates.read(text).spec().digest()).isEqualTo(digest);
    assertThat(TestGates.read(text + "# x").spec().digest()).isNotEqualTo(digest);
    assertThat(TestGates.read(text, "a", "z").spec().digest()).isNotEqualTo(digest);
    assertThat(TestGates.read(text, "a", "xby").spec().digest())
        .isNotEqualTo(TestGates.read(text, "a", "x", "b", "yby").spec().digest());
    assertThat(Digest.of(new byte[0], Map.of("ab", "c")))
        .isNotEqualTo(Digest.of(new byte[0], Map.of("a", "bc")));
  }

  private static String check(String dataset, String value) {
    return "  checks:\n"
        + "    - name: a\n"
        + "      fail: '> 1'\n"
        + "      honeycomb:\n"
        + "        dataset: \""
        + dataset
        + "\"\n"
        + "        query: {calculations: [{op: COUNT}],"
        + " filters: [{column: v, op: '=', value: \""
        + value
        + "\"}]}\n";
  }

  private static HoneycombSection section(Gate gate) {
    return (HoneycombSection) gate.sources().get("a");
  }

  private static String value(Gate gate) {
    JsonNode query = section(gate).query();
    return query.at("/filters/0/value").asText();
  }
}
