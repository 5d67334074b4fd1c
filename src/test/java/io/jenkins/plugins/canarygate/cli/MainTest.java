package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says before any gate begins. */
class MainTest {
  @TempDir Path folder;
  private CommandBench bench;

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  @Test
  void theVersionNamesTheCommandAndJava() {
    assertThat(bench.run("version")).isZero();
    assertThat(bench.out()).startsWith("canary-gate ").contains("(Java " + Runtime.version());

    assertThat(bench.run("--version")).isZero();
    assertThat(bench.out()).startsWith("canary-gate ");
  }

  @Test
  void theSchemaIsJson() throws Exception {
    assertThat(bench.run("schema")).isZero();
    assertThat(
            new com.fasterxml.jackson.databind.ObjectMapper().readTree(bench.out()).has("$schema"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check", "plan", "promote", "abort", "retry"})
  void eachCommandsHelpHasOptionsExamplesAndExitCodes(String command) {
    assertThat(bench.run(command, "--help")).isZero();
    assertThat(bench.out())
        .contains("Usage: canary-gate " + command)
        .contains("--set")
        .contains("--kubeconfig")
        .contains("Exit codes:")
        .contains("Example")
        .contains("  canary-gate " + command + " gate.yaml");
  }

  @Test
  void helpIsACommandToo() {
    assertThat(bench.run("help", "run")).isZero();
    assertThat(bench.out()).contains("--dry-run");
    assertThat(bench.run("--help")).isZero();
    assertThat(bench.out()).contains("Commands:").contains("  canary-gate plan gate.yaml");
  }

  @Test
  void theCompletionScriptKnowsTheCommands() {
    assertThat(bench.run("generate-completion")).isZero();
    assertThat(bench.out()).contains("complete -F").contains("--honeycomb-region");
  }

  @Test
  void withoutACommandOneIsAskedFor() {
    assertThat(bench.run()).isEqualTo(2);
    assertThat(bench.err()).contains("say what to do, as: canary-gate run GATE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnu gate.yaml",
        "run",
        "run gate.yaml --dry-rum",
        "run gate.yaml --output xml",
        "promote gate.yaml",
        "run gate.yaml --honeycomb-region mars",
        "run gate.yaml another.yaml"
      })
  void wrongFlagsAreMisuse(String line) {
    assertThat(bench.run((Object[]) line.split(" "))).isEqualTo(2);
    assertThat(bench.err()).startsWith("canary-gate: ").contains("--help");
    assertThat(bench.out()).isEmpty();
  }

  @Test
  void settingsThatAreNoneAreAllNamed() {
    assertThat(
            bench.run(
                "run", bench.analysisGate(), "--set", "image", "--set", "a=1", "--set", "a=2"))
        .isEqualTo(2);
    assertThat(bench.err())
        .contains("--set image: write --set NAME=VALUE")
        .contains("--set a is given twice");
  }

  @Test
  void aGateFileThatIsMissingIsMisuse() {
    assertThat(bench.run("run", folder.resolve("none.yaml"))).isEqualTo(2);
    assertThat(bench.err()).contains("there is no gate file").contains("none.yaml");
    assertThat(bench.run("run", folder)).isEqualTo(2);
  }

  @Test
  void allFaultsOfAGateFileAreNamedWithTheirPlaces() {
    Path gate = bench.analysisGate("  onFial: abort\n  onWarn: sometimes\n");

    assertThat(bench.run("run", gate)).isEqualTo(2);
    assertThat(bench.err().lines().toList())
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(line -> assertThat(line).startsWith("canary-gate: " + gate + ":"));
    assertThat(bench.err()).contains("onFail").contains("sometimes");
    assertThat(bench.cluster.requests()).isEmpty();
  }

  @Test
  void aReasonMayNotBeEmpty() {
    assertThat(bench.run("abort", bench.analysisGate(), "--reason", " ")).isEqualTo(2);
    assertThat(bench.err()).contains("--reason is empty");
  }

  @Test
  void withoutAClusterOrAKeyItIsSaidWhereTheyAreLookedFor() {
    bench.env.clear();

    assertThat(bench.run("run", bench.analysisGate())).isEqualTo(2);
    assertThat(bench.err()).contains("there is no cluster to talk to");

    assertThat(bench.run("check", bench.honeycombGate())).isEqualTo(2);
    assertThat(bench.err()).contains("set HONEYCOMB_API_KEY");
  }

  @Test
  void aKeyFileIsReadAndAMissingOneIsMisuse() {
    bench.env.remove("HONEYCOMB_API_KEY");
    Path key = bench.write("key", "hcaik_from_a_file\n");

    assertThat(bench.run("check", bench.honeycombGate(), "--honeycomb-key-file", key))
        .as(bench.out() + bench.err())
        .isZero();
    bench.env.put("HONEYCOMB_API_KEY_FILE", folder.resolve("no-key").toString());
    assertThat(bench.run("check", bench.honeycombGate())).isEqualTo(2);
    assertThat(bench.err()).contains("no-key cannot be read");
  }

  @Test
  void anAddressThatIsNoneIsMisuse() {
    bench.env.put("HONEYCOMB_API_URL", "ftp://me:secret@host");

    assertThat(bench.run("check", bench.honeycombGate())).isEqualTo(2);
    assertThat(bench.err()).contains("HONEYCOMB_API_URL").doesNotContain("secret@");
  }

  @Test
  void anUnexpectedErrorIsOneLineUnlessATraceIsAskedFor() {
    Path session = folder.resolve("missing/gate.session");

    assertThat(bench.run("run", bench.analysisGate(), "--session", session)).isEqualTo(1);
    assertThat(bench.err().lines()).hasSize(1);

    bench.env.put("CANARY_GATE_DEBUG", "1");
    assertThat(bench.run("run", bench.analysisGate(), "--session", session)).isEqualTo(1);
    assertThat(bench.err()).contains("\tat io.jenkins");
  }

  @Test
  void aContextThatIsNotThereIsMisuseAndTheKnownOnesAreNamed() {
    assertThat(bench.run("run", bench.analysisGate(), "--context", "prod")).isEqualTo(2);
    assertThat(bench.err()).contains("no context called prod").contains("here");
  }
}
