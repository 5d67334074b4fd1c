package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.check.Cohort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohortExpressionTest {
  private static String of(String column, String op, String value) {
    String all =
        CohortExpression.of(Map.of(Cohort.CANARY, List.of(new CohortFilter(column, op, value))));
    assertThat(all).startsWith("IF(").endsWith(", \"canary\")");
    return all.substring(3, all.length() - ", \"canary\")".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=|x|EQUALS($a, \"x\")",
        "!=|x|NOT(EQUALS($a, \"x\"))",
        "in|x, y|IN($a, \"x\", \"y\")",
        "not-in|x,y|NOT(IN($a, \"x\", \"y\"))",
        "starts-with|x|STARTS_WITH($a, \"x\")",
        "does-not-start-with|x|NOT(STARTS_WITH($a, \"x\"))",
        "ends-with|x|ENDS_WITH($a, \"x\")",
        "does-not-end-with|x|NOT(ENDS_WITH($a, \"x\"))",
        "contains|x|CONTAINS($a, \"x\")",
        "does-not-contain|x|NOT(CONTAINS($a, \"x\"))",
        "exists||EXISTS($a)",
        "does-not-exist||NOT(EXISTS($a))",
        ">|5|GT($a, 5)",
        ">=|5.5|GTE($a, 5.5)",
        "<|-1|LT($a, -1)",
        "<=|x|LTE($a, \"x\")",
        "=|true|EQUALS(STRING($a), \"true\")",
        "=|42|EQUALS(STRING($a), \"42\")",
        "in|1,x|IN(STRING($a), \"1\", \"x\")"
      })
  void everyOperatorHasItsExpression(String op, String value, String expression) {
    assertThat(of("a", op, value)).isEqualTo(expression);
  }

  @Test
  void aColumnWithOtherCharactersIsQuoted() {
    assertThat(of("k8s.replicaset.name", "=", "x")).startsWith("EQUALS($k8s.replicaset.name,");
    assertThat(of("pod name", "=", "x")).startsWith("EQUALS($\"pod name\",");
    assertThat(of("1st", "=", "x")).startsWith("EQUALS($\"1st\",");
    assertThat(of("a), true", "=", "x")).startsWith("EQUALS($\"a), true\",");
  }

  @Test
  void aValueCannotLeaveItsQuotes() {
    assertThat(of("a", "=", "x\", \"y\\")).isEqualTo("EQUALS($a, \"x\\\", \\\"y\\\\\")");
    assertThat(of("a", "=", "x\ny")).isEqualTo("EQUALS($a, \"x\\u000ay\")");
  }

  @Test
  void allFiltersOfACohortMustHoldAndTheCanaryComesFirst() {
    assertThat(
            CohortExpression.of(
                Map.of(
                    Cohort.STABLE, List.of(new CohortFilter("v", "=", "s")),
                    Cohort.CANARY,
                        List.of(
                            new CohortFilter("v", "=", "c"),
                            new CohortFilter("t", "exists", null)))))
        .isEqualTo(
            "IF(AND(EQUALS($v, \"c\"), EXISTS($t)), \"canary\", EQUALS($v, \"s\"), \"stable\")");
  }

  @Test
  void anUnknownOperatorIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> of("a", "~", "x"))
        .hasMessageContaining("'~'")
        .hasMessageContaining("=");
  }
}
