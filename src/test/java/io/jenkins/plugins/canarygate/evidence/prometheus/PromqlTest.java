package io.jenkins.plugins.canarygate.evidence.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlTest {

  @Test
  @DisplayName("M13: a regular expression from the driver is escaped as its string needs it")
  void m13AValueIsEscapedAsItsStringNeedsIt() {
    assertThat(Promql.write("up{pod=~\"", "a\\.b\"c'd")).isEqualTo("a\\\\.b\\\"c'd");
    assertThat(Promql.write("up{pod=~'", "a\\.b\"c'd")).isEqualTo("a\\\\.b\"c\\'d");
    assertThat(Promql.write("up{pod=~`", "a\\.b\"c'd")).isEqualTo("a\\.b\"c'd");
    assertThat(Promql.write("up{job=\"x\\\"y\"} / ", "a\\b")).isEqualTo("a\\b");
    assertThatThrownBy(() -> Promql.write("up{pod=~`", "a`b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backtick");
  }

  @Test
  void aQuoteInACommentBeginsNoString() {
    assertThat(Promql.write("up # it's\n / down{a=\"", "\\")).isEqualTo("\\\\");
    assertThat(Promql.write("up # it's\n / ", "\\")).isEqualTo("\\");
    assertThat(Promql.write("up{a=\"#\"} / down{a='", "'")).isEqualTo("\\'");
  }

  @Property(tries = 300)
  void m13AnyValueStaysInsideItsString(
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 12) String value) {
    for (char quote : new char[] {'"', '\''}) {
      String before = "up{a=" + quote;
      String whole = before + Promql.write(before, value) + quote + "} / down";
      // Its content is blanked whole, so that nothing of it is read as PromQL.
      assertThat(Promql.bare(whole).replaceAll("[ ]+", ""))
          .isEqualTo(("up{a=" + quote + quote + "}/down"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up | PT0S",
        "rate(x[5m]) | PT5M",
        "rate(x[ 90s ]) / rate(y[1h30m]) | PT1H30M",
        "rate(x{a=\"[9d]\"}[1m]) # [7d] | PT1M",
        "rate(x[${window}]) | PT0S",
        "max_over_time(rate(x[5m])[10m:1m]) | PT15M",
        "max_over_time(rate(x[1m])[${window}:]) | PT1M",
        "rate(x[300]) | PT5M",
        "rate(x[1500ms]) | PT1.5S",
        "rate(x[2d]) | PT48H",
        "x offset 1w | PT0S",
        "avg_over_time(up[10m:]) | PT10M"
      })
  void m5HowFarBackRangesOfItsOwnLook(String query, Duration reach) {
    assertThat(Promql.reach(query)).isEqualTo(reach);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rate(x[five])", "rate(x[])", "rate(x[5x])", "rate(x[99999999999999999999m])"})
  void aRangeThatIsNotUnderstoodIsSaid(String query) {
    assertThatThrownBy(() -> Promql.reach(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[5m] or [${window}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "{job=\"a\"}",
        " http_requests_total {pod=~\"a{5}\", code!=\"}\"} ",
        "a:b{}"
      })
  void aNameWithMatchersIsASelector(String text) {
    assertThat(Promql.isSelector(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "sum(up)", "up offset 5m", "up[5m]", "up or down", "up{a=\"b\"} == 1", "1"})
  void whatIsComputedIsNoSelector(String text) {
    assertThat(Promql.isSelector(text)).isFalse();
  }

  @Test
  void aMomentOfItsOwnIsSeen() {
    assertThat(Promql.looksAtAMoment("up @ 1700000000")).isTrue();
    assertThat(Promql.looksAtAMoment("up @ end()")).isFalse();
    assertThat(Promql.looksAtAMoment("up{mail=\"a@1.example\"}")).isFalse();
  }

  @Test
  void aLengthIsWrittenAsPromqlReadsIt() {
    assertThat(Promql.text(Duration.ofMinutes(5))).isEqualTo("300s");
    assertThat(Promql.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
  }
}
