package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoneycombClientTest {
  private static final JsonNode COUNT =
      FakeHoneycomb.read("{\"calculations\":[{\"op\":\"COUNT\"}]}");
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final HoneycombClient client = client(honeycomb.url());

  @AfterEach
  void close() {
    honeycomb.close();
  }

  private static HoneycombClient client(String url) {
    return new HoneycombClient(Bench.HTTP, url, () -> Bench.KEY, () -> Bench.START);
  }

  private HoneycombException refusedQuery() {
    return catchThrowableOfType(
        HoneycombException.class, () -> client.createQuery("checkout", COUNT));
  }

  @Test
  void theKeyGoesInItsHeaderAndIsLookedUpAtEachUse() throws Exception {
    AtomicReference<String> key = new AtomicReference<>("first");
    HoneycombClient rotating =
        new HoneycombClient(Bench.HTTP, honeycomb.url(), key::get, () -> Bench.START);
    rotating.createQuery("checkout", COUNT);
    String before = rotating.account();
    key.set("second\n");
    rotating.createQuery("checkout", COUNT);
    assertThat(honeycomb.asked("POST"))
        .extracting(FakeHoneycomb.Asked::key)
        .containsExactly("first", "second");
    assertThat(rotating.account()).isNotEqualTo(before).doesNotContain("second");
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID",
    "401, BAD_KEY",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "422, INVALID",
    "429, RATE_LIMITED",
    "500, SERVER_ERROR",
    "503, SERVER_ERROR",
    "418, NOT_UNDERSTOOD"
  })
  void everyRefusalHasItsKindAndSaysWhatHoneycombSaid(int status, Kind kind) {
    honeycomb.once("POST /1/queries", status, "{\"error\":\"the very reason\"}");
    HoneycombException problem = refusedQuery();
    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem).hasMessageContaining("the very reason").hasMessageContaining("" + status);
  }

  @Test
  void aValidationProblemNamesTheFieldThatIsWrong() {
    honeycomb.once(
        "POST /1/queries",
        422,
        "{\"status\":422,\"title\":\"The provided input is invalid.\",\"type_detail\":[{\"field\":"
            + "\"calculations[0].column\",\"code\":\"invalid\",\"description\":\"unknown column"
            + " eror\"}]}",
        "Content-Type",
        "application/problem+json");
    assertThat(refusedQuery())
        .hasMessageContaining("unknown column eror [calculations[0].column]")
        .hasMessageContaining("checkout");
  }

  @Test
  void anUnknownDatasetSaysThatTheKeyMayBeOfAnotherEnvironment() {
    honeycomb.once("POST /1/queries", 404, "{\"error\":\"dataset not found\"}");
    assertThat(refusedQuery())
        .hasMessageContaining("dataset 'checkout'")
        .hasMessageContaining("environment");
  }

  @Test
  void aMissingRightIsNamedAsHoneycombNamesIt() {
    honeycomb.once("POST /1/queries", 403, "");
    assertThat(refusedQuery()).hasMessageContaining("Manage Queries and Columns");
  }

  @Test
  void aRateLimitTellsHowLongToWait() {
    honeycomb.once("POST /1/queries", 429, "{}", "Retry-After", "17");
    assertThat(refusedQuery().retryAfter()).contains(Duration.ofSeconds(17));
  }

  @Test
  void aRedirectIsNeverFollowed() throws Exception {
    try (FakeHoneycomb other = new FakeHoneycomb()) {
      honeycomb.once("POST /1/queries", 307, "", "Location", other.url() + "/1/queries/checkout");
      assertThat(refusedQuery().kind()).isEqualTo(Kind.REDIRECTED);
      assertThat(other.asked("")).isEmpty();
    }
  }

  @Test
  void theIdMayComeFromTheEndOfLocationWhoseHostIsNeverAsked() throws Exception {
    try (FakeHoneycomb other = new FakeHoneycomb()) {
      honeycomb.once(
          "POST /1/query_results", 201, "{}", "Location", other.url() + "/1/query_results/x/R7");
      assertThat(client.createResult("checkout", "q1")).isEqualTo("R7");
      honeycomb.document("/1/query_results/checkout/R7", "{\"complete\":false}");
      assertThat(client.result("checkout", "R7").complete()).isFalse();
      assertThat(other.asked("")).isEmpty();
    }
  }

  @Test
  void aCreatedResultWithoutAnyIdIsNotUnderstood() {
    honeycomb.once("POST /1/query_results", 201, "{}");
    assertThatThrownBy(() -> client.createResult("checkout", "q1"))
        .hasMessageContaining("'id' is missing");
  }

  @Test
  void onlyTheSummaryIsAskedFor() throws Exception {
    client.createResult("checkout", client.createQuery("checkout", COUNT));
    JsonNode body = honeycomb.asked("POST /1/query_results").get(0).body();
    assertThat(body.path("disable_series").booleanValue()).isTrue();
    assertThat(body.path("disable_total_by_aggregate").booleanValue()).isTrue();
    assertThat(body.path("disable_other_by_aggregate").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>proxy</html>",
        "",
        "[]",
        "\"text\"",
        "{\"id\":\"a/b\"}",
        "{\"id\":\"a\"} x"
      })
  void anAnswerThatIsNotHoneycombsIsNotUnderstood(String body) {
    honeycomb.once("POST /1/queries", 200, body, "Content-Type", "text/html");
    assertThat(refusedQuery().kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
  }

  @Test
  void halfABodyIsABrokenConnection() {
    honeycomb.onceCutShort("POST /1/queries", "{\"id\":\"q1\"}");
    assertThat(refusedQuery().kind()).isEqualTo(Kind.BROKEN_OFF);
    assertThat(refusedQuery()).as("the next call goes well").isNull();
  }

  @Test
  void anAnswerWithoutEndIsGivenUp() {
    honeycomb.once("POST /1/queries", 200, "{\"id\":\"" + "x".repeat(6 << 20) + "\"}");
    assertThat(refusedQuery()).hasMessageContaining("larger than 5 MB");
  }

  @Test
  void nobodyAtTheAddressIsUnreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    HoneycombException problem =
        catchThrowableOfType(
            HoneycombException.class, () -> client("http://127.0.0.1:" + port).auth());
    assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(problem.refused()).isFalse();
  }

  @Test
  void whoNeverAnswersIsTimedOut() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HoneycombClient impatient =
          new HoneycombClient(
              HoneycombClient.connections(Duration.ofSeconds(1), Duration.ofMillis(200)),
              "http://127.0.0.1:" + silent.getLocalPort(),
              () -> Bench.KEY,
              () -> Bench.START);
      HoneycombException problem = catchThrowableOfType(HoneycombException.class, impatient::auth);
      assertThat(problem.kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void aNameWithASlashStaysOnePathSegment() throws Exception {
    client.createQuery("a/b c?d", COUNT);
    assertThat(honeycomb.asked("POST").get(0).path()).isEqualTo("/1/queries/a%2Fb%20c%3Fd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", " "})
  void aNameThatWouldLeaveItsPathIsRefusedUnasked(String dataset) {
    assertThatThrownBy(() -> client.createQuery(dataset, COUNT))
        .isInstanceOf(HoneycombException.class);
    assertThat(honeycomb.asked("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://api.honeycomb.io", "no address", "https://u:p@h.io", "https://h.io?x=1"})
  void anAddressThatIsNoneOrHoldsASecretIsRefused(String url) {
    assertThatThrownBy(() -> client(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("u:p");
  }

  @Test
  void anAddressMayHaveAPathBeforeTheApi() throws Exception {
    honeycomb.document("/proxy/1/query_results/x/y", "{\"complete\":false}");
    assertThat(client(honeycomb.url() + "/proxy/").result("x", "y").complete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void noKeyIsSaidBeforeAnythingIsSent(String key) {
    HoneycombClient keyless =
        new HoneycombClient(Bench.HTTP, honeycomb.url(), () -> key, () -> Bench.START);
    assertThatThrownBy(keyless::auth).hasMessageContaining("HONEYCOMB_API_KEY");
    assertThat(honeycomb.asked("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"planted\nsecret", "planted secret", "plantedé"})
  void aKeyThatNoHeaderCanCarryIsNotQuoted(String key) {
    HoneycombClient odd =
        new HoneycombClient(Bench.HTTP, honeycomb.url(), () -> key, () -> Bench.START);
    assertThatThrownBy(odd::auth).hasMessageNotContaining("planted");
    assertThat(odd.toString()).doesNotContain("planted");
  }

  @Test
  void aKeyThatCannotBeReadDoesNotTellWhatTheReaderSaid() {
    HoneycombClient broken =
        new HoneycombClient(
            Bench.HTTP,
            honeycomb.url(),
            () -> {
              throw new IllegalStateException("planted");
            },
            () -> Bench.START);
    assertThatThrownBy(broken::auth).hasMessageNotContaining("planted");
  }

  @Test
  void aKeyThatHoneycombRepeatsIsNotRepeatedByUs() {
    honeycomb.once("POST /1/queries", 401, "{\"error\":\"unknown key " + Bench.KEY + "\"}");
    assertThat(refusedQuery()).hasMessageNotContaining(Bench.KEY).hasMessageContaining("***");
  }

  @Test
  void aMessageFromHoneycombIsOneBoundedLine() {
    honeycomb.once(
        "POST /1/queries", 422, "{\"error\":\"a\\nb\\u001b[31m" + "z".repeat(2000) + "\"}");
    assertThat(refusedQuery().getMessage()).hasSizeLessThan(600).doesNotContain("\n", "\u001b");
  }

  @Test
  void itsConnectionsKeepNoProcessAlive() throws Exception {
    client.createQuery("checkout", COUNT);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("OkHttp"))
        .allMatch(Thread::isDaemon);
  }
}
