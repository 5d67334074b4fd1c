package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksFileTest {
  private static final String GOOD =
      """
      apiVersion: canary-gate/v1
      kind: Checks
      spec:
        arguments:
          service: {pattern: "[a-z0-9-]{1,40}"}
        checks:
          - name: error-rate
            honeycomb:
              dataset: "${service}"
              query:
                calculations: [{op: AVG, column: error}]
                filters: [{column: k8s.namespace.name, op: "=", value: "${namespace}"}]
            window: 5m
            maxAge: 2m
            minimumSamples: 200
          - name: budget
            honeycomb: {slo: {dataset: checkout, id: abc123}, result: budget_remaining}
      """;

  @Test
  void aFileIsReadWithItsDefaults() throws GateFileException {
    Checks checks = read(GOOD);
    assertThat(checks.arguments()).containsOnlyKeys("namespace", "service");
    assertThat(checks.checks()).containsOnlyKeys("error-rate", "budget");
    NamedCheck errors = checks.check("error-rate").orElseThrow();
    assertThat(errors.arguments()).containsExactlyInAnyOrder("service", "namespace");
    assertThat(errors.times())
        .isEqualTo(
            new NamedCheck.Times(
                Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(15)));
    assertThat(errors.window().orElseThrow().length()).isEqualTo(Duration.ofMinutes(5));
    NamedCheck budget = checks.check("budget").orElseThrow();
    assertThat(budget.window()).isEmpty();
    assertThat(budget.arguments()).isEmpty();
    assertThat(checks.check("other")).isEmpty();
  }

  @Test
  void theArgumentsOfAQuestionStandInWhatItsSourceIsAsked() throws GateFileException {
    NamedCheck check = read(GOOD).check("error-rate").orElseThrow();
    NamedCheck.Asked asked = check.ask(Map.of("service", "checkout", "namespace", "shop"));
    HoneycombSection section = (HoneycombSection) asked.section();
    assertThat(section.dataset()).isEqualTo("checkout");
    assertThat(section.query().at("/filters/0/value").asText()).isEqualTo("shop");
    assertThat(asked.check().source()).isEqualTo("honeycomb checkout");
    assertThat(asked.check().minimumSamples()).contains(new MinimumSamples(200, false));
    assertThat(asked.check().criteria().isEmpty()).isTrue();
  }

  @Test
  void aValueThatItsSourceHasNoUseForIsRefusedWhenItIsAskedFor() throws GateFileException {
    Checks checks = read(GOOD.replace("[a-z0-9-]{1,40}", ".*"));
    NamedCheck check = checks.check("error-rate").orElseThrow();
    assertThat(checks.arguments().get("service").problem("a/b")).isEmpty();
    assertThatThrownBy(() -> check.ask(Map.of("service", "a/b", "namespace", "shop")))
        .hasMessage(
            "the arguments cannot be used: honeycomb.dataset: must not hold a slash or a control"
                + " character");
  }

  @Test
  void aLiteralDollarAndBraceStaysOne() throws GateFileException {
    NamedCheck check =
        read(GOOD.replace("dataset: \"${service}\"", "dataset: checkout")
                .replace("value: \"${namespace}\"", "value: \"$${x}${service}\""))
            .check("error-rate")
            .orElseThrow();
    HoneycombSection section =
        (HoneycombSection) check.ask(Map.of("service", "${y}", "namespace", "shop")).section();
    // The source fills once more, and then reads nothing into what was put in.
    assertThat(
            io.jenkins.plugins.canarygate.evidence.Placeholders.fill(
                section.query().at("/filters/0/value").asText(), Map.of()))
        .isEqualTo("${x}${y}");
  }

  @Test
  void whatASourceFillsWhileItMeasuresIsNoArgument() throws GateFileException {
    String yaml =
        GOOD
            + """
                - name: saturation
                  prometheus:
                    query: 'max(rate(cpu_seconds_total{namespace="${namespace}"}[${window}]))'
            """;
    NamedCheck check = read(yaml).check("saturation").orElseThrow();
    assertThat(check.arguments()).containsExactly("namespace");
    assertThat(check.ask(Map.of("namespace", "shop")).section().toString())
        .contains("namespace=\"shop\"}[${window}]");
    assertThat(faults(yaml.replace("${window}", "${cohort.pods}")))
        .singleElement()
        .asString()
        .contains("${cohort.pods} is known to gates alone");
  }

  @Test
  void whatItMeasuresIsItsDefinition() throws GateFileException {
    String before = read(GOOD).check("error-rate").orElseThrow().definition();
    assertThat(definition(GOOD.replace("maxAge: 2m", "maxAge: 3m"))).isEqualTo(before);
    assertThat(definition(GOOD.replace("window: 5m", "window: 6m"))).isNotEqualTo(before);
    assertThat(definition(GOOD.replace("AVG", "MAX"))).isNotEqualTo(before);
    assertThat(definition(GOOD.replace("minimumSamples: 200", "minimumSamples: 2")))
        .isNotEqualTo(before);
  }

  private static String definition(String yaml) throws GateFileException {
    return read(yaml).check("error-rate").orElseThrow().definition();
  }

  @Test
  void allFaultsAreNamedAtOnceWithTheirPlaces() {
    String bad =
        """
        apiVersion: canary-gate/v1
        kind: Checks
        spec:
          arguments:
            service: {pattern: "[a-z"}
            namespace: {pattern: "a"}
            check: {pattern: "a"}
            my-arg: {pattern: "a{1000}"}
          checks:
            - name: error rate
              honeycomb: {dataset: "${servise}", query: {calculations: [{op: AVG, column: e}]}}
            - name: p95
              honeycomb: {dataset: d, query: {calculations: [{op: P95}]}}
              window: 90s
              maxAge: 1m
              fail: "> 1%"
            - name: p95
              honeycomb: {dataset: "${cohort}", query: {calculations: [{op: COUNT}]}}
            - name: "${service}"
              argo: {analysisRuns: required}
        """;
    assertThat(faults(bad))
        .containsExactly(
            "5 spec.arguments.service.pattern: is no regular expression (Unclosed character class)",
            "6 spec.arguments.namespace: is always there, for tokens are good for some namespaces:"
                + " leave it out",
            "7 spec.arguments.check: is a word that means something else: choose another name",
            "8 spec.arguments.my-arg: no name for an argument: use letters, digits and _, beginning"
                + " with a letter",
            "8 spec.arguments.my-arg.pattern: repeats more than 999 times: values have 253"
                + " characters",
            "10 spec.checks[0].name: must be letters, digits, - and _, beginning with a letter, at"
                + " most 63",
            "11 spec.checks[0].honeycomb.dataset: ${servise} is no argument that spec.arguments"
                + " declares; did you mean 'service'?",
            "13 spec.checks[1].honeycomb.query.calculations[0]: P95 needs a column",
            "16 spec.checks[1].fail: unknown field; known are name, window, interval, maxAge, idleAfter,"
                + " minimumSamples, honeycomb, keptn, prometheus",
            "17 spec.checks[2].name: is the name of checks[1] as well: names are unique",
            "18 spec.checks[2].honeycomb.dataset: ${cohort} is known to gates alone: let callers"
                + " give an argument in its place",
            "19 spec.checks[3]: needs one of honeycomb, keptn, prometheus",
            "19 spec.checks[3].name: an argument may stand only in what a check asks its source; a"
                + " literal ${ is not needed here",
            "20 spec.checks[3].argo: unknown field; known are name, window, interval, maxAge,"
                + " idleAfter, minimumSamples, honeycomb, keptn, prometheus");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "window: 90s|13 spec.checks[0].window: must be a multiple of 1m",
        "interval: 30s|13 spec.checks[0].interval: must be at least 1m for this source",
        "maxAge: 1m|14 spec.checks[0].maxAge: must be at least 1m30s, the interval and 30s, so that"
            + " the next value comes in time",
        "idleAfter: 30s|13 spec.checks[0].idleAfter: must be at least the interval, 1m",
        "idleAfter: 25h|13 spec.checks[0].idleAfter: must be at most 24h",
      })
  void timesThatDoNotFitAreRefused(String field, String fault) {
    String word = field.substring(0, field.indexOf(':'));
    String yaml =
        GOOD.contains(word + ":")
            ? GOOD.replaceFirst(word + ": .*", field)
            : GOOD.replace("window: 5m", field + "\n      window: 5m");
    assertThat(faults(yaml)).containsExactly(fault);
  }

  @Test
  void aCheckThatIsMeasuredSeldomLivesLonger() throws GateFileException {
    String yaml = GOOD.replace("maxAge: 2m", "interval: 10m");
    assertThat(read(yaml).check("error-rate").orElseThrow().times().maxAge())
        .isEqualTo(Duration.ofMinutes(11));
  }

  @Test
  void aGateIsNoFileOfChecks() {
    assertThat(faults(GOOD.replace("kind: Checks", "kind: Gate")))
        .containsExactly("2 kind: 'Gate' must be 'Checks'");
  }

  @Test
  void theWholeValueMustMatchItsPattern() throws GateFileException {
    CheckArgument service = read(GOOD).arguments().get("service");
    assertThat(service.problem("checkout")).isEmpty();
    for (String bad : List.of("", "Checkout", "check/out", "a\n", "x".repeat(41))) {
      assertThat(service.problem(bad)).as(bad).isPresent();
    }
    CheckArgument namespace = read(GOOD).arguments().get("namespace");
    assertThat(namespace.problem("shop-2")).isEmpty();
    assertThat(namespace.problem("-shop"))
        .contains("argument 'namespace' must match [a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a'b", "a`b", "a\\b", "a\nb", "a\u0000b"})
  void whatCouldBreakOutOfAQueryIsRefusedWhateverThePatternSays(String value)
      throws GateFileException {
    CheckArgument any = read(GOOD.replace("[a-z0-9-]{1,40}", "(?s).*")).arguments().get("service");
    assertThat(any.problem("a b")).isEmpty();
    assertThat(any.problem(value))
        .contains(
            "argument 'service' has a quote, backslash or control character, which must not get"
                + " into a query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|aa)+b", "(.*a){20}b", "(a*)*b", "([a-z]+)*!"})
  @Timeout(20)
  void aPatternThatGrowsWithoutBoundTakesNoTime(String pattern) throws GateFileException {
    CheckArgument argument =
        read(GOOD.replace("[a-z0-9-]{1,40}", pattern)).arguments().get("service");
    // Each of these would take longer than anybody lives.
    assertThat(argument.problem("a".repeat(253))).isPresent();
    assertThat(argument.problem("a".repeat(254)))
        .hasValueSatisfying(why -> assertThat(why).endsWith("has more than 253 characters"));
  }

  private static Checks read(String yaml) throws GateFileException {
    return ChecksFile.read(TestGates.bytes(yaml), "checks.yaml");
  }

  private static List<String> faults(String yaml) {
    try {
      ChecksFile.read(TestGates.bytes(yaml), "checks.yaml");
      return List.of();
    } catch (GateFileException e) {
      return e.faults().stream().map(f -> f.line() + " " + f.path() + ": " + f.message()).toList();
    }
  }
}
