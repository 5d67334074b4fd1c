package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a thousand Canaries cost their API server. */
@Timeout(120)
class ServeManyCanariesTest {
  private static final int CANARIES = 1_000;
  @TempDir Path folder;

  @Test
  @DisplayName("FL4: a thousand Canaries are one watch, and each yes is one look at each object")
  void aThousandCanariesAreOneWatchAndEachYesIsOneLookAtEachObject() throws Exception {
    try (CommandBench bench = new CommandBench(folder)) {
      List<GatedCanary> canaries = new ArrayList<>();
      for (int i = 0; i < CANARIES; i++) {
        GatedCanary canary = GatedCanary.waiting(bench.cluster, "team-" + i % 20, "app-" + i);
        canaries.add(i % 2 == 0 ? canary.decide(Decision.Action.PROMOTE) : canary);
      }
      bench.cluster.forgetRequests();
      try (ServeBench serve = ServeBench.start(folder, bench.env)) {
        serve.awaitLine("watching the Canaries of the cluster: " + CANARIES);
        for (int i = 0; i < CANARIES; i++) {
          String body = canaries.get(i).body();
          assertThat(serve.post(serve.flagger + "/rollback", body).statusCode()).isEqualTo(403);
          assertThat(serve.post(serve.flagger + "/confirm-promotion", body).statusCode())
              .isEqualTo(i % 2 == 0 ? 200 : 403);
        }

        assertThat(bench.cluster.openWatches()).isEqualTo(1);
        assertThat(looks(bench, Call.GET_CANARY))
            .hasSize(CANARIES / 2)
            .allSatisfy((path, count) -> assertThat(count).as(path).isEqualTo(1));
        assertThat(looks(bench, Call.GET_WORKLOAD))
            .hasSize(CANARIES / 2)
            .allSatisfy((path, count) -> assertThat(count).as(path).isEqualTo(1));
        assertThat(bench.cluster.requests())
            .as("the looks, the pages of one list, and the watch")
            .hasSizeLessThanOrEqualTo(CANARIES + 5);
      }
    }
  }

  private static Map<String, Long> looks(CommandBench bench, Call call) {
    return bench.cluster.requests().stream()
        .filter(request -> request.call() == call)
        .collect(Collectors.groupingBy(RecordedRequest::path, Collectors.counting()));
  }
}
