package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Finding;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A planted key is looked for in everything that a gate shows or keeps. */
class HoneycombSecretsTest {
  private static final String AVG = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private static final String ECHO =
      "{\"error\":\""
          + Bench.KEY
          + "\",\"detail\":\"key="
          + Bench.KEY
          + "\",\"title\":\""
          + Bench.KEY
          + "\"}";

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 307, 400, 401, 403, 404, 418, 422, 429, 500})
  void noMessageHoldsTheKeyWhateverHoneycombAnswers(int status) {
    for (String call :
        new String[] {
          "POST /1/queries", "POST /1/query_results", "GET /1/query_results", "GET /1/auth"
        }) {
      try (FakeHoneycomb honeycomb = new FakeHoneycomb()) {
        for (int i = 0; i < 100; i++) {
          honeycomb.once(call, status, ECHO, "Location", "/" + Bench.KEY);
        }
        Bench bench = new Bench(honeycomb).query("errors", AVG, null, Set.of());
        bench.said.add(bench.source().prepare(bench.context()).message());
        for (int i = 0; i < 5; i++) {
          bench.ask();
          bench.now = bench.now.plusSeconds(61);
        }
        new HoneycombPreflight(bench.client, bench.gate(), true, 3)
            .look(bench.cohorts, bench.now, Duration.ofMinutes(9)).stream()
                .map(Finding::toString)
                .forEach(bench.said::add);
        bench.said.addAll(bench.tickets.values());
        bench.said.add(bench.client.toString());
        assertThat(bench.said).noneMatch(text -> text.contains(Bench.KEY));
      }
    }
  }

  @Test
  void theAccountThatMemoryIsKeptByHoldsNoKey() throws Exception {
    assertThat(new Bench("https://h.example").client.account()).doesNotContain(Bench.KEY);
  }
}
