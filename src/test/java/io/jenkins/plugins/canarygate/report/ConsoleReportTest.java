package io.jenkins.plugins.canarygate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

  @Test
  void theLinesGoFromTheRolloutToTheVerdict() {
    assertThat(ConsoleReport.lines(Reports.failed()))
        .containsExactly(
            "Rollout shop/checkout, revision 7c9d (shop/checkout:1.2), step 1 of 7, 20 %",
            "Gate point 1, the pause at step 1 of 7: FAIL, error rate: 1.8 % is bad",
            "  FAIL      error rate: 1.8 %, stable 0.9 %; fail > 1%; 10:01 to 10:06 UTC;"
                + " 1,204 samples, stable 11,804; 1 of 2 measurements",
            "            https://ui.honeycomb.io/shop/result/abc",
            "  FAIL      saturation (dry run, not counted): 3, stable 1; fail > 2;"
                + " 10:01 to 10:06 UTC; 1,204 samples, stable 11,804",
            "            https://ui.honeycomb.io/shop/result/abc",
            "  UNJUDGED  availability (optional): no SLO abc; fail < 0",
            "  UNJUDGED  latency: nothing was measured",
            "  abort asked 10:08:00, sent 1 time(s): seen in effect 10:08:10, aborted, weight 0",
            "checkout: FAIL, aborted: error rate: 1.8 % is bad (score 33.3 %)",
            "The canary serves 20 %.",
            "promote: " + Sessions.PROMOTE,
            "abort: " + Sessions.ABORT);
  }

  @Test
  @DisplayName("D9: the last line is what must be known now")
  void theLastLinesAreTheEndings() {
    List<String> lines = ConsoleReport.lines(Reports.failed());

    assertThat(lines.get(lines.size() - 1)).isEqualTo("abort: " + Sessions.ABORT);
  }

  @Test
  void nothingOfAHostileNameSteersTheTerminal() {
    assertThat(ConsoleReport.lines(Reports.nasty()))
        .allSatisfy(
            line ->
                assertThat(line.codePoints())
                    .noneMatch(c -> Character.isISOControl(c) || c == 0x202E || c == 0xD800));
  }
}
