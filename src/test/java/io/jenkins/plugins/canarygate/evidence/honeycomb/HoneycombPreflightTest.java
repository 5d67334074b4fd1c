package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Finding.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoneycombPreflightTest {
  private static final String AVG = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final Bench bench = new Bench(honeycomb);

  @AfterEach
  void close() {
    honeycomb.close();
  }

  private void key(String rights) {
    honeycomb.document(
        "/1/auth",
        "{\"id\":\"x\",\"type\":\"configuration\",\"api_key_access\":{"
            + rights
            + "},"
            + "\"environment\":{\"name\":\"Production\",\"slug\":\"production\"},"
            + "\"team\":{\"name\":\"Docs\",\"slug\":\"docs\"}}");
  }

  private List<Finding> look(boolean marker, Duration total) {
    return new HoneycombPreflight(bench.client, bench.gate(), marker, 3)
        .look(bench.cohorts, bench.now, total);
  }

  private static Finding about(List<Finding> findings, String subject) {
    return findings.stream().filter(f -> f.subject().contains(subject)).findFirst().orElseThrow();
  }

  @Test
  void aKeyWithAllRightsIsFine() {
    key("\"queries\":true,\"columns\":true,\"markers\":true");
    bench.query("errors", AVG, null, Set.of());
    List<Finding> findings = look(true, Duration.ofMinutes(45));
    assertThat(findings).allMatch(finding -> finding.level() == Level.OK);
    assertThat(about(findings, "key").message())
        .isEqualTo("a configuration key of team Docs, environment Production");
    assertThat(honeycomb.resultsCreated()).isZero();
  }

  @Test
  void onlyTheRightsThatThisGateNeedsAreAskedFor() {
    key("\"slos\":true");
    honeycomb.document("/1/slos/d/s", "{}");
    bench.add(
        "slo",
        new HoneycombSection(null, null, null, new HoneycombSection.Reference("d", "s"), null));
    List<Finding> findings = look(false, Duration.ofMinutes(45));
    assertThat(findings)
        .extracting(Finding::subject)
        .filteredOn(s -> s.contains("right"))
        .containsExactly("honeycomb: right Manage SLOs");
    assertThat(findings).allMatch(finding -> finding.level() == Level.OK);
  }

  @Test
  void aMissingRightIsAWarningThatNamesIt() {
    key("\"queries\":true,\"columns\":false");
    bench.query("errors", AVG, null, Set.of());
    List<Finding> findings = look(true, Duration.ofMinutes(45));
    assertThat(about(findings, "Run Queries").level()).isEqualTo(Level.OK);
    assertThat(about(findings, "Manage Queries").level()).isEqualTo(Level.WARNING);
    assertThat(about(findings, "Manage Markers").level()).isEqualTo(Level.WARNING);
    assertThat(about(findings, "Manage Markers").remedy().orElseThrow()).contains("Manage Markers");
  }

  @Test
  void aRefusedCallIsAnError() {
    honeycomb.once("GET /1/auth", 401, "{\"error\":\"unknown API key\"}");
    bench.query("errors", AVG, null, Set.of());
    honeycomb.once("POST /1/queries", 422, "{\"error\":\"unknown column\"}");
    List<Finding> findings = look(false, Duration.ofMinutes(45));
    assertThat(about(findings, "key").level()).isEqualTo(Level.ERROR);
    assertThat(about(findings, "check 'errors'").level()).isEqualTo(Level.ERROR);
  }

  @Test
  void whatCouldNotBeFoundOutIsAWarning() {
    honeycomb.once("GET /1/auth", 503, "{}");
    bench.query("errors", AVG, null, Set.of());
    assertThat(about(look(false, Duration.ofMinutes(45)), "key").level()).isEqualTo(Level.WARNING);
  }

  @Test
  void aQuotaThatTheGateCannotKeepWithinItsTimeIsAnError() {
    key("\"queries\":true,\"columns\":true");
    for (int i = 0; i < 6; i++) {
      String query =
          "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"a\",\"op\":\"=\","
              + "\"value\":"
              + i
              + "}]}";
      bench.query("check " + i, query, null, Set.of());
    }
    Finding slow = about(look(false, Duration.ofMinutes(45)), "quota");
    assertThat(slow.level()).isEqualTo(Level.WARNING);
    assertThat(slow.message()).contains("30 query results", "at most 6 in a minute", "3 a minute");
    assertThat(about(look(false, Duration.ofMinutes(8)), "quota").level()).isEqualTo(Level.ERROR);
  }

  @Test
  void relationalFieldsAreWarnedOf() {
    key("\"queries\":true,\"columns\":true");
    bench.query(
        "errors",
        "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"root.name\","
            + "\"op\":\"exists\"}]}",
        null,
        Set.of());
    assertThat(look(false, Duration.ofMinutes(45)))
        .anyMatch(f -> f.level() == Level.WARNING && f.message().contains("relational"));
  }

  @Test
  void aKeyThatGoesUnencryptedToAnotherHostIsWarnedOf() {
    HoneycombClient plain =
        new HoneycombClient(
            Bench.HTTP, "http://honeycomb.invalid", () -> Bench.KEY, () -> bench.now);
    List<Finding> findings =
        new HoneycombPreflight(plain, bench.gate(), false, 3)
            .look(bench.cohorts, bench.now, Duration.ofMinutes(1));
    assertThat(about(findings, "address").level()).isEqualTo(Level.WARNING);
  }
}
