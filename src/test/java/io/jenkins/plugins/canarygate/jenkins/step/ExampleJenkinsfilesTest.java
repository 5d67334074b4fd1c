package io.jenkins.plugins.canarygate.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.jenkins.gates.GateText;
import io.jenkins.plugins.canarygate.jenkins.symbol.ArgoAnalysisRuns;
import io.jenkins.plugins.canarygate.jenkins.symbol.ArgoRollout;
import io.jenkins.plugins.canarygate.jenkins.symbol.CheckSymbol;
import io.jenkins.plugins.canarygate.jenkins.symbol.FlaggerCanary;
import io.jenkins.plugins.canarygate.jenkins.symbol.HoneycombQuery;
import io.jenkins.plugins.canarygate.jenkins.symbol.HoneycombSlo;
import io.jenkins.plugins.canarygate.jenkins.symbol.KeptnAnalysis;
import io.jenkins.plugins.canarygate.jenkins.symbol.KeptnMetric;
import io.jenkins.plugins.canarygate.jenkins.symbol.PrometheusQuery;
import io.jenkins.plugins.canarygate.jenkins.symbol.RolloutSymbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Jenkinsfiles of the documentation are Groovy, and give the step what it knows. */
class ExampleJenkinsfilesTest {
  private static final Path EXAMPLES = Path.of("docs", "examples", "jenkins");

  static Stream<Path> examples() throws IOException {
    return Files.list(EXAMPLES).filter(file -> file.toString().endsWith(".Jenkinsfile"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleAsksForOneGate(Path file) throws Exception {
    List<Map<String, Object>> asked = run(Files.readString(file));

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0))
        .containsEntry("cluster", "prod")
        .containsAnyOf(Map.entry("honeycomb", "prod"), Map.entry("prometheus", "main"));
  }

  @Test
  void theSymbolsOfTheExampleAreAWholeGate() throws Exception {
    Gate gate = gate(run(Files.readString(EXAMPLES.resolve("symbols.Jenkinsfile"))).get(0));

    assertThat(gate.spec().checks()).hasSize(3);
    assertThat(gate.honeycombCohorts()).hasSize(2);
    assertThat(gate.rollout().name()).isEqualTo("checkout");
  }

  @Test
  void theExampleForFlaggerIsAWholeGateOnPrometheusAndKeptn() throws Exception {
    Gate gate = gate(run(Files.readString(EXAMPLES.resolve("flagger.Jenkinsfile"))).get(0));

    assertThat(gate.rollout().kind()).isEqualTo("Canary");
    assertThat(gate.sources().values().stream().map(SourceSection::describe))
        .containsExactly(
            "prometheus", "prometheus", "keptn metric checkout-p95", "keptn analysis by checkout");
  }

  @Test
  void theSnippetsOfTheDocumentationAreWhatTheStepTakes() throws Exception {
    List<String> snippets =
        Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs", "jenkins.md")))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();

    assertThat(snippets).hasSize(4);
    for (String snippet : snippets) {
      assertThat(run(snippet)).hasSize(1);
    }
    assertThat(gate(run(snippets.get(2)).get(0)).spec().checks()).hasSize(1);
    assertThat(gate(run(snippets.get(3)).get(0)).rollout().kind()).isEqualTo("Canary");
  }

  private static Gate gate(Map<String, Object> arguments) throws Exception {
    CanaryGateStep step = new CanaryGateStep();
    step.setName((String) arguments.get("name"));
    step.setRollout((RolloutSymbol) arguments.get("rollout"));
    List<CheckSymbol> checks = new ArrayList<>();
    ((List<?>) arguments.get("checks")).forEach(check -> checks.add((CheckSymbol) check));
    step.setChecks(checks);
    step.setCohorts(arguments.get("cohorts"));
    step.setDefaults(arguments.get("defaults"));
    step.setTimeouts(arguments.get("timeouts"));
    step.setOnPass((String) arguments.get("onPass"));
    step.setOnFail((String) arguments.get("onFail"));
    step.setOnCancel((String) arguments.get("onCancel"));
    step.setAt(arguments.get("at"));
    GateText text = ((GateGiven.Here) step.given()).source().read(step.order());
    return text.gate(Map.of());
  }

  private static List<Map<String, Object>> run(String jenkinsfile) {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(Pipeline.class.getName());
    Binding binding = new Binding();
    List<Map<String, Object>> asked = new ArrayList<>();
    binding.setVariable("asked", asked);
    new GroovyShell(ExampleJenkinsfilesTest.class.getClassLoader(), binding, configuration)
        .evaluate(jenkinsfile);
    return asked;
  }

  /**
   * As much of Pipeline as it takes to come to the step: blocks are run, the rest is passed over.
   */
  public abstract static class Pipeline extends Script {
    /** The step. */
    @SuppressWarnings("unchecked")
    public Object canaryGate(Map<String, Object> arguments) {
      ((List<Map<String, Object>>) getBinding().getVariable("asked")).add(arguments);
      return Map.of("verdict", "PASS", "outcome", "promoted", "reason", "", "exitCode", 0);
    }

    public Object argoRollout(Map<String, Object> a) {
      ArgoRollout rollout = new ArgoRollout((String) a.get("namespace"), (String) a.get("name"));
      rollout.setImage(String.valueOf(a.get("image")));
      return rollout;
    }

    public Object flaggerCanary(Map<String, Object> a) {
      FlaggerCanary canary = new FlaggerCanary((String) a.get("namespace"), (String) a.get("name"));
      canary.setImage(String.valueOf(a.get("image")));
      canary.setContainer((String) a.get("container"));
      return canary;
    }

    public Object prometheusQuery(Map<String, Object> a) {
      PrometheusQuery check = new PrometheusQuery((String) a.get("name"), (String) a.get("query"));
      check.setSamples((String) a.get("samples"));
      check.setMinimumSamples(a.get("minimumSamples"));
      return criteria(check, a);
    }

    public Object keptnMetric(Map<String, Object> a) {
      KeptnMetric check =
          new KeptnMetric(
              (String) a.get("name"), (String) a.get("namespace"), (String) a.get("metric"));
      check.setMaxAge((String) a.get("maxAge"));
      return criteria(check, a);
    }

    public Object keptnAnalysis(Map<String, Object> a) {
      KeptnAnalysis check = new KeptnAnalysis((String) a.get("name"), (String) a.get("namespace"));
      check.setDefinition((String) a.get("definition"));
      check.setArgs(a.get("args"));
      check.setTimeout((String) a.get("timeout"));
      check.setCount((Integer) a.get("count"));
      return check;
    }

    public Object honeycombQuery(Map<String, Object> a) {
      return criteria(
          new HoneycombQuery((String) a.get("name"), (String) a.get("dataset"), a.get("query")), a);
    }

    public Object honeycombSlo(Map<String, Object> a) {
      HoneycombSlo slo =
          new HoneycombSlo((String) a.get("name"), (String) a.get("dataset"), (String) a.get("id"));
      slo.setResult((String) a.get("result"));
      return criteria(slo, a);
    }

    public Object argoAnalysisRuns(Map<String, Object> a) {
      return new ArgoAnalysisRuns((String) a.get("name"));
    }

    private static Object criteria(CheckSymbol check, Map<String, Object> a) {
      check.setFail((String) a.get("fail"));
      check.setWarn((String) a.get("warn"));
      return check;
    }

    @Override
    public Object getProperty(String name) {
      try {
        return super.getProperty(name);
      } catch (MissingPropertyException any) {
        return Map.of("BUILD_NUMBER", "12", "IMAGE", "registry.example/checkout:12");
      }
    }

    @Override
    public Object invokeMethod(String name, Object args) {
      Object[] all = (Object[]) args;
      List<String> ours =
          List.of(
              "canaryGate",
              "argoRollout",
              "flaggerCanary",
              "honeycombQuery",
              "honeycombSlo",
              "argoAnalysisRuns",
              "prometheusQuery",
              "keptnMetric",
              "keptnAnalysis");
      if (ours.contains(name)) {
        return super.invokeMethod(name, args);
      }
      for (Object each : all) {
        if (each instanceof Closure<?> block) {
          block.call();
        }
      }
      return name;
    }
  }
}
