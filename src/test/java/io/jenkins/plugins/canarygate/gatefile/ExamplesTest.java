package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CohortFilter;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection;
import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.gate.ScoreTargets;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  private static final String IMAGE = "registry.example/app:1.2.3";

  @ParameterizedTest
  @MethodSource("io.jenkins.plugins.canarygate.gatefile.Docs#examples")
  void everyExampleIsRead(java.nio.file.Path example) throws GateFileException {
    String text = Docs.read(example);
    Map<String, String> parameters =
        text.contains("parameters:") ? Map.of("image", IMAGE) : Map.of();
    Gate gate = GateFile.read(TestGates.bytes(text), example.toString(), parameters);
    assertThat(gate.sources()).hasSameSizeAs(gate.spec().checks());
    assertThat(gate.sources().keySet())
        .containsExactlyElementsOf(gate.spec().checks().stream().map(Check::name).toList());
  }

  @Test
  void theComparisonWithStableIsReadWhole() {
    Gate gate = example("canary-against-stable");
    assertThat(gate.spec().target().toString()).isEqualTo("Rollout shop/checkout");
    assertThat(gate.spec().target().cluster()).contains("prod");
    assertThat(gate.spec().target().revision())
        .isEqualTo(new RevisionAsked(Optional.of(IMAGE), Optional.of("app")));
    assertThat(gate.spec().target().at()).isEqualTo(At.nextPause());
    assertThat(gate.spec().parameters()).isEqualTo(Map.of("image", IMAGE, "dataset", "checkout"));
    assertThat(gate.spec().needsRollout()).isTrue();
    assertThat(gate.spec().announce()).isTrue();
    assertThat(gate.honeycomb().orElseThrow().environment()).isEqualTo("prod");
    assertThat(gate.honeycomb().orElseThrow().marker().dataset()).isEqualTo("checkout");
    assertThat(gate.honeycombCohorts().get(Cohort.STABLE))
        .containsExactly(
            new CohortFilter("k8s.replicaset.name", "=", "checkout-${rollout.stable}"));
    Check errors = gate.spec().check("error rate");
    assertThat(errors.source()).isEqualTo("honeycomb checkout");
    assertThat(errors.criteria())
        .hasToString("fail > 1% or value > 0.2% and ratio > 1.5, warn > 0.5%");
    assertThat(errors.cohorts()).containsExactlyInAnyOrder(Cohort.CANARY, Cohort.STABLE);
    assertThat(errors.schedule().count()).isEqualTo(5);
    assertThat(errors.window().orElseThrow().length()).isEqualTo(Duration.ofMinutes(5));
    assertThat(errors.window().orElseThrow().lag()).isEqualTo(Duration.ofMinutes(1));
    assertThat(errors.minimumSamples()).contains(new MinimumSamples(200, false));
    Check traffic = gate.spec().check("traffic");
    assertThat(traffic.minimumSamples()).contains(new MinimumSamples(50, true));
    assertThat(traffic.cohorts()).containsExactly(Cohort.CANARY);
    assertThat(traffic.dryRun()).isTrue();
    HoneycombSection latency = (HoneycombSection) gate.sources().get("p95 latency");
    assertThat(latency.query().at("/calculations/0/op").asText()).isEqualTo("P95");
  }

  @Test
  void whatIsNotSaidHasTheDocumentedDefaults() {
    Gate gate = example("error-rate");
    assertThat(gate.spec().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(gate.spec().timeouts()).isEqualTo(Timeouts.DEFAULT);
    assertThat(gate.spec().score()).isEmpty();
    assertThat(gate.spec().needsRollout()).isFalse();
    assertThat(gate.spec().announce()).isFalse();
    assertThat(gate.spec().checks().get(0).cohorts()).isEmpty();
    assertThat(gate.spec().checks().get(0).weight()).isEqualTo(1);
    assertThat(gate.honeycomb()).isEmpty();
  }

  @Test
  void eachPauseHasItsScore() {
    Gate gate = example("each-pause");
    assertThat(gate.spec().target().at()).isEqualTo(At.eachPause());
    assertThat(gate.spec().score()).contains(new ScoreTargets(90, 75));
    assertThat(gate.spec().policy().onInconclusive()).isEqualTo(Reaction.PAUSE);
    assertThat(gate.spec().check("error rate").key()).isTrue();
    assertThat(gate.spec().check("error rate").weight()).isEqualTo(3);
    // The cohorts are told apart by the image, which is known without the rollout.
    assertThat(gate.spec().needsRollout()).isFalse();
    assertThat(gate.spec().timeouts().total()).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void aTimedPauseIsHeld() {
    assertThat(example("timed-pause").spec().target().at()).isEqualTo(At.step(1).held());
    assertThat(example("timed-pause").spec().target().revision().isAny()).isTrue();
  }

  @Test
  void theWatchWhileProgressingNeverPromotes() {
    Gate gate = example("progressing");
    assertThat(gate.spec().target().at()).isEqualTo(At.progressing());
    assertThat(List.of(gate.spec().policy().onPass(), gate.spec().policy().onWarn()))
        .containsOnly(Reaction.NONE);
  }

  @Test
  void whatJudgesByItselfHasNoCriteria() {
    Gate gate = example("slo-and-trigger");
    assertThat(gate.spec().check("availability burns").criteria().isEmpty()).isTrue();
    assertThat(gate.spec().check("no alert").criteria().isEmpty()).isTrue();
    assertThat(gate.spec().check("no alert").window()).isEmpty();
    assertThat(gate.spec().check("error budget").criteria()).hasToString("fail < 0");
    assertThat(example("argo-analysis").spec().needsRollout()).isTrue();
    assertThat(example("argo-analysis").spec().policy().onNotGatedPass()).isTrue();
  }

  private static Gate example(String name) {
    String text = Docs.read(Docs.file("examples/" + name + ".yaml"));
    return text.contains("parameters:")
        ? TestGates.read(text, "image", IMAGE)
        : TestGates.read(text);
  }
}
