package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Finding.Level;
import io.jenkins.plugins.canarygate.evidence.prometheus.FakePrometheus;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus servers of an administrator's, over a real port. */
@Timeout(60)
class PrometheusServersTest {
  @TempDir Path home;
  private final FakePrometheus prometheus =
      new FakePrometheus().answer(FakePrometheus.vector("{}=0.001"));
  private GatesBench bench;

  @BeforeEach
  void begin() {
    bench = new GatesBench(home);
    bench.credentials.put("bearer", new Key(false, "t0ken-of-prometheus"));
    bench.credentials.put("login", Key.login("jenkins", "pa55word-of-prometheus"));
    bench.credentials.put("file", new Key(true, "kind: Config"));
  }

  @AfterEach
  void end() {
    bench.close();
    prometheus.close();
  }

  private PrometheusSettings server(String url, String credentialsId, String tenant) {
    return new PrometheusSettings("main", url, credentialsId, tenant, "", List.of("shop/*"));
  }

  private void serve(PrometheusSettings... servers) {
    Settings all = bench.settings;
    bench.settings =
        new Settings(
            all.clusters(),
            all.honeycombs(),
            List.of(servers),
            all.floor(),
            all.limits(),
            all.actingStopped(),
            all.proxy());
  }

  private Finding look(String url, String credentialsId, String tenant) {
    return bench.gates.tryPrometheus(server(url, credentialsId, tenant)).get(0);
  }

  private static String gate() {
    return GatesBench.gate()
        .replaceAll("(?s)  cohorts:.*  checks:.*", "")
        .concat(
            """
              checks:
                - name: error rate
                  prometheus: {query: 'sum(errors{pod=~"${cohort.pods}"})'}
                  fail: "> 1%"
            """);
  }

  @Test
  void aGoodCanaryIsPromotedOnWhatPrometheusSays() {
    serve(server(prometheus.url(), "bearer", ""));
    bench.waiting(0.001);

    MemoryBuild build = bench.begin(gate());

    assertThat(build.end().values()).as(build.said()).containsEntry("verdict", "PASS");
    assertThat(prometheus.asked())
        .isNotEmpty()
        .allSatisfy(
            asked ->
                assertThat(asked.headers())
                    .containsEntry("authorization", "Bearer t0ken-of-prometheus"));
    assertThat(build.used).contains("bearer");
  }

  @Test
  void aPasswordGoesByBasicAuthenticationAndATenantByItsHeaders() {
    assertThat(look(prometheus.url(), "login", "shop").level()).isEqualTo(Level.OK);

    String both =
        Base64.getEncoder()
            .encodeToString("jenkins:pa55word-of-prometheus".getBytes(StandardCharsets.UTF_8));
    assertThat(prometheus.asked().get(0).headers())
        .containsEntry("authorization", "Basic " + both)
        .containsEntry("x-scope-orgid", "shop")
        .containsEntry("thanos-tenant", "shop");
  }

  @Test
  void withoutACredentialNobodyIsNamed() {
    assertThat(look(prometheus.url(), "", "").level()).isEqualTo(Level.OK);
    assertThat(prometheus.asked().get(0).headers()).doesNotContainKey("authorization");
  }

  @Test
  void aTokenThatWasRotatedIsPickedUp() {
    look(prometheus.url(), "bearer", "");
    bench.credentials.put("bearer", new Key(false, "another-t0ken"));
    look(prometheus.url(), "bearer", "");

    assertThat(prometheus.asked().get(1).headers())
        .containsEntry("authorization", "Bearer another-t0ken");
  }

  @Test
  void aServerThatRepeatsTheSecretMakesNobodyShowIt() {
    prometheus.once(401, "{\"status\":\"error\",\"error\":\"bad token t0ken-of-prometheus\"}");

    Finding found = look(prometheus.url(), "bearer", "");

    assertThat(found.level()).isEqualTo(Level.ERROR);
    assertThat(found.toString()).doesNotContain("t0ken-of-prometheus");
  }

  @Test
  void aSecretFileIsRefusedAndNothingIsAsked() {
    assertThat(look(prometheus.url(), "file", "").message())
        .contains("the credential file is a secret file");
    assertThat(look("http://prometheus.example", "bearer", "").message())
        .contains("without encryption")
        .doesNotContain("t0ken");
    assertThat(prometheus.asked()).isEmpty();
  }

  @Test
  void aGateWhoseCredentialIsGoneIsRefusedBeforeAnythingIsContacted() {
    serve(server(prometheus.url(), "gone", ""));
    bench.waiting(0.001);

    MemoryBuild build = bench.begin(gate());

    assertThat(build.end().kind()).isEqualTo(GateEnd.Kind.FAILS);
    assertThat(build.end().message()).contains("there is no credential gone");
    assertThat(prometheus.asked()).isEmpty();
  }
}
