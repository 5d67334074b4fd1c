package io.jenkins.plugins.canarygate.evidence.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import org.junit.jupiter.api.Test;

class ArgoAnalysisSectionTest {

  @Test
  void m9ItJudgesByItselfAndNeedsTheRollout() {
    ArgoAnalysisSection section = new ArgoAnalysisSection("required");
    assertThat(section.faults()).isEmpty();
    assertThat(section.traits().criteria()).isFalse();
    assertThat(section.traits().windowed()).isFalse();
    assertThat(section.traits().samples()).isFalse();
    assertThat(section.traits().needsRollout()).isTrue();
    assertThat(section.traits().cohorts()).isEqualTo(CohortUse.NONE);
    assertThat(section.describe()).isEqualTo("argo analysis runs");
  }

  @Test
  void requiredIsTheOnlyWord() {
    assertThat(new ArgoAnalysisSection("optional").faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.path()).isEqualTo("analysisRuns"));
  }
}
