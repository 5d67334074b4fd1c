package io.jenkins.plugins.canarygate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  private static final List<String> WORDS =
      List.of("fail", "window", "failureLimit", "promoteFully");

  @ParameterizedTest
  @CsvSource({
    "fial,fail",
    "fali,fail",
    "FAIL,fail",
    "windows,window",
    "failurelimit,failureLimit",
    "failure_limit,failureLimit",
    "promotefuly,promoteFully"
  })
  void theWordThatWasMeantIsFound(String written, String meant) {
    assertThat(NearestWord.to(written, WORDS)).contains(meant);
    assertThat(NearestWord.hint(written, WORDS)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @Test
  void nothingIsGuessedFromAfar() {
    assertThat(NearestWord.to("threshold", WORDS)).isEmpty();
    assertThat(NearestWord.to("", WORDS)).isEmpty();
    assertThat(NearestWord.to("fail", List.of())).isEmpty();
    assertThat(NearestWord.hint("x".repeat(100_000), WORDS)).isEmpty();
  }

  @Test
  void twoNeighboursThatChangedPlacesAreOneStep() {
    assertThat(NearestWord.to("AGV", List.of("SUM", "AVG", "MAX"))).contains("AVG");
    assertThat(NearestWord.to("rnu", List.of("run", "check"))).contains("run");
  }
}
