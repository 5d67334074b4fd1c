package io.jenkins.plugins.canarygate.evidence.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import io.jenkins.plugins.canarygate.evidence.prometheus.QueryAnswer.Series;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusClientTest {
  private static final Instant AT = PrometheusBench.START;
  private final FakePrometheus prometheus = new FakePrometheus();
  private final PrometheusClient client = client(PrometheusLogin.NONE);

  @AfterEach
  void close() {
    prometheus.close();
  }

  private PrometheusClient client(PrometheusLogin login) {
    return client(prometheus.url(), login, Map.of());
  }

  private static PrometheusClient client(
      String url, PrometheusLogin login, Map<String, String> tenant) {
    return new PrometheusClient(PrometheusBench.HTTP, url, login, tenant, () -> AT);
  }

  private PrometheusException problem() {
    return catchThrowableOfType(PrometheusException.class, () -> client.query("up", AT));
  }

  // ---- asking ----

  @Test
  void aQueryIsPostedWithItsMomentAndWithoutAllowingAPart() throws Exception {
    client.query("sum(rate(x{a=\"ü&=\"}[5m]))", AT.plusMillis(250));
    FakePrometheus.Asked asked = prometheus.asked().get(0);
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/api/v1/query");
    assertThat(asked.form())
        .containsEntry("query", "sum(rate(x{a=\"ü&=\"}[5m]))")
        .containsEntry("time", "1772618820.250")
        .containsEntry("partial_response", "false");
    assertThat(asked.headers()).doesNotContainKey("authorization");
  }

  @Test
  void whereAPostIsNotAllowedItIsAGetFromThenOn() throws Exception {
    prometheus.getAlone();
    client.query("up", AT);
    client.query("up", AT);
    assertThat(prometheus.asked())
        .extracting(FakePrometheus.Asked::method)
        .containsExactly("POST", "GET", "GET");
    assertThat(prometheus.queries()).containsOnly("up");
  }

  @Test
  void anAddressMayHaveAPathBeforeTheApi() throws Exception {
    client(prometheus.url() + "/prometheus/", PrometheusLogin.NONE, Map.of()).query("up", AT);
    assertThat(prometheus.asked().get(0).path()).isEqualTo("/prometheus/api/v1/query");
  }

  @Test
  void aTokenIsLookedUpAtEachUse() throws Exception {
    AtomicReference<String> token = new AtomicReference<>("first\n");
    PrometheusClient rotating = client(PrometheusLogin.bearer(token::get));
    rotating.query("up", AT);
    token.set("second");
    rotating.query("up", AT);
    assertThat(prometheus.asked())
        .extracting(a -> a.headers().get("authorization"))
        .containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void nameAndPasswordAreBasicAuthentication() throws Exception {
    client(PrometheusLogin.basic("ci", () -> "pä:ss")).query("up", AT);
    assertThat(prometheus.asked().get(0).headers())
        .containsEntry("authorization", "Basic Y2k6cMOkOnNz");
  }

  @Test
  void aTenantIsNamedToAllThatKnowTenants() throws Exception {
    client(prometheus.url(), PrometheusLogin.NONE, PrometheusTenant.of("shop")).query("up", AT);
    client(prometheus.url(), PrometheusLogin.NONE, PrometheusTenant.of("X-Team", "a"))
        .query("up", AT);
    assertThat(prometheus.asked().get(0).headers())
        .containsEntry("x-scope-orgid", "shop")
        .containsEntry("thanos-tenant", "shop");
    assertThat(prometheus.asked().get(1).headers())
        .containsEntry("x-team", "a")
        .doesNotContainKey("x-scope-orgid");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, a",
    "Host, a",
    "Content-Type, a",
    "a b, a",
    "X-Team, ''",
    "X-Team, ä"
  })
  void aHeaderThatIsOursOrNoneNamesNoTenant(String header, String tenant) {
    assertThatThrownBy(() -> PrometheusTenant.of(header, tenant))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- what is answered ----

  @Test
  void aVectorAndAScalarAreRead() throws Exception {
    prometheus.answer(
        FakePrometheus.vector(
            "{\"__name__\":\"up\",\"pod\":\"b\",\"a\":\"c\"}=1", "{}=-2.5e-3", "{}=+Inf"));
    assertThat(client.query("up", AT).series())
        .containsExactly(
            new Series("up{a=\"c\", pod=\"b\"}", 1),
            new Series("{}", -0.0025),
            new Series("{}", Double.POSITIVE_INFINITY));
    prometheus.answer(FakePrometheus.scalar("NaN"));
    assertThat(client.query("0/0", AT).series())
        .singleElement()
        .satisfies(series -> assertThat(series.value()).isNaN());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "matrix | [{\"metric\":{},\"values\":[[1,\"1\"]]}] | range of samples",
        "string | [1,\"a\"] | a text",
        "vector | [{\"metric\":{},\"histogram\":[1,{\"count\":\"3\"}]}] | native histogram",
      })
  void whatIsNoNumberIsRefused(String type, String result, String says) {
    prometheus.answer(FakePrometheus.success(type, result));
    assertThat(problem().kind()).isEqualTo(Kind.INVALID);
    assertThat(problem()).hasMessageContaining(says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"success\",\"warnings\":[\"No StoreAPIs matched for this query\"],\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
        "{\"status\":\"success\",\"warnings\":[\"PromQL info: x\",\"remote read: connection refused\"],\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}",
        "{\"status\":\"success\",\"isPartial\":true,\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}",
        "{\"status\":\"success\",\"data\":{\"isTruncated\":true,\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}"
      })
  void aPartIsNoEvidence(String body) {
    prometheus.answer(body);
    assertThat(problem().kind()).isEqualTo(Kind.PARTIAL);
    assertThat(problem().refused()).isFalse();
    assertThat(problem()).hasMessageContaining("only a part, which is no evidence");
  }

  @Test
  void whatPromqlRemarksIsKept() throws Exception {
    prometheus.answer(
        "{\"status\":\"success\",\"warnings\":[\"PromQL warning: quantile value should be between 0"
            + " and 1\"],\"infos\":[\"PromQL info: metric might not be a counter\"],"
            + "\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}");
    assertThat(client.query("x", AT).notes())
        .containsExactly(
            "PromQL warning: quantile value should be between 0 and 1",
            "PromQL info: metric might not be a counter");
  }

  @ParameterizedTest
  @CsvSource({
    "400, bad_data, INVALID",
    "422, execution, FAILED",
    "422, bad_data, INVALID",
    "503, timeout, FAILED",
    "503, unavailable, FAILED",
    "500, internal, FAILED",
    "200, execution, FAILED",
    "401, '', BAD_SECRET",
    "403, '', FORBIDDEN",
    "404, '', NOT_FOUND",
    "429, '', RATE_LIMITED",
    "502, '', FAILED",
    "418, '', NOT_UNDERSTOOD"
  })
  void everyRefusalHasItsKindAndSaysWhatPrometheusSaid(int status, String type, Kind kind) {
    prometheus.once(status, FakePrometheus.error(type, "the very reason"));
    PrometheusException problem = problem();
    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem).hasMessageContaining("the very reason").hasMessageContaining("" + status);
  }

  @Test
  void aRateLimitTellsHowLongToWait() {
    prometheus.once(429, "", "Retry-After", "17");
    assertThat(problem().retryAfter()).contains(Duration.ofSeconds(17));
  }

  @Test
  void aRedirectIsNeverFollowed() {
    try (FakePrometheus other = new FakePrometheus()) {
      prometheus.once(302, "", "Location", other.url() + "/api/v1/query");
      assertThat(problem().kind()).isEqualTo(Kind.REDIRECTED);
      assertThat(other.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>login</html>",
        "",
        "[]",
        "{\"status\":\"success\"}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":{}}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,1]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"one\"]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"0x1p3\"]}}"
      })
  void anAnswerThatIsNotPrometheusIsNotUnderstood(String body) {
    prometheus.once(200, body);
    assertThat(problem().kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
  }

  @Test
  void halfABodyIsABrokenConnection() {
    prometheus.onceCutShort("{\"status\"");
    assertThat(problem().kind()).isEqualTo(Kind.BROKEN_OFF);
    assertThat(problem()).as("the next call goes well").isNull();
  }

  @Test
  void anAnswerWithoutEndIsGivenUp() {
    prometheus.once(200, "{\"status\":\"" + "x".repeat(6 << 20) + "\"}");
    assertThat(problem()).hasMessageContaining("larger than 5 MB");
  }

  @Test
  void aMessageFromPrometheusIsOneBoundedLine() {
    prometheus.once(400, FakePrometheus.error("bad_data", "a\\nb\\u001b[31m" + "z".repeat(2000)));
    assertThat(problem().getMessage()).hasSizeLessThan(600).doesNotContain("\n", "\u001b");
  }

  @Test
  void nobodyAtTheAddressIsUnreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PrometheusClient lost = client("http://127.0.0.1:" + port, PrometheusLogin.NONE, Map.of());
    PrometheusException problem =
        catchThrowableOfType(PrometheusException.class, () -> lost.query("up", AT));
    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(problem.refused()).isFalse();
  }

  @Test
  void whoNeverAnswersIsTimedOut() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PrometheusClient impatient =
          new PrometheusClient(
              PrometheusClient.connections(Duration.ofSeconds(1), Duration.ofMillis(200)),
              "http://127.0.0.1:" + silent.getLocalPort(),
              PrometheusLogin.NONE,
              PrometheusTenant.NONE,
              () -> AT);
      PrometheusException problem =
          catchThrowableOfType(PrometheusException.class, () -> impatient.query("up", AT));
      assertThat(problem.kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  // ---- addresses and secrets ----

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://prometheus", "no address", "http://u:p@h", "http://h?x=1", "http://h#x"})
  void anAddressThatIsNoneOrHoldsASecretIsRefused(String url) {
    assertThatThrownBy(() -> client(url, PrometheusLogin.NONE, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("u:p");
  }

  @Test
  void aSecretGoesToAnotherMachineOnlyEncrypted() {
    PrometheusLogin token = PrometheusLogin.bearer(() -> "planted");
    assertThatThrownBy(() -> client("http://prometheus.example:9090", token, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without encryption")
        .hasMessageContaining("https://");
    assertThatThrownBy(() -> client("http://127.0.0.1.example", token, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(client("https://prometheus.example", token, Map.of())).isNotNull();
    assertThat(client("http://localhost:9090", token, Map.of())).isNotNull();
    assertThat(client("http://prometheus.example:9090", PrometheusLogin.NONE, Map.of()))
        .hasToString("Prometheus at prometheus.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "planted secret", "planted\nsecret", "plantedé"})
  void aTokenThatNoHeaderCanCarryIsNeitherSentNorQuoted(String token) {
    PrometheusClient odd = client(PrometheusLogin.bearer(() -> token));
    assertThatThrownBy(() -> odd.query("up", AT)).hasMessageNotContaining("planted");
    assertThat(prometheus.asked()).isEmpty();
  }

  @Test
  void aTokenThatCannotBeReadDoesNotTellWhatTheReaderSaid() {
    PrometheusClient broken =
        client(
            PrometheusLogin.bearer(
                () -> {
                  throw new IllegalStateException("planted");
                }));
    assertThatThrownBy(() -> broken.query("up", AT)).hasMessageNotContaining("planted");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 400, 401, 403, 404, 418, 429, 500})
  void noSecretThatIsRepeatedToUsIsRepeatedByUs(int status) {
    PrometheusLogin login = PrometheusLogin.basic("ci", () -> "planted-password");
    for (String secret : new String[] {"planted-password", "Y2k6cGxhbnRlZC1wYXNzd29yZA=="}) {
      prometheus.once(status, FakePrometheus.error("bad_data", "you sent " + secret));
      assertThatThrownBy(() -> client(login).query("up", AT))
          .hasMessageNotContaining(secret)
          .hasMessageNotContaining("planted");
    }
    assertThat(login.toString()).doesNotContain("planted");
  }

  // ---- the page ----

  @Test
  void thePageShowsTheQueryOverItsWindow() {
    Window window = new Window(AT.minusSeconds(300), AT);
    assertThat(client.page("up{a=\"b\"}", window).orElseThrow())
        .startsWith(prometheus.url() + "/graph?g0.expr=up%7Ba%3D%22b%22%7D")
        .contains("g0.range_input=300s", "g0.end_input=2026-03-04%2010%3A07%3A00");
    assertThat(
            client(prometheus.url(), PrometheusLogin.NONE, PrometheusTenant.of("a"))
                .page("up", window))
        .isEmpty();
  }
}
