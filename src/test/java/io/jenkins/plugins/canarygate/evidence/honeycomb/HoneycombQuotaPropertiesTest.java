package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HoneycombQuotaPropertiesTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");

  /** Whatever the order and the pauses, no minute ever sees more than is allowed. */
  @Property(tries = 200)
  void noMinuteEverSeesMoreThanIsAllowed(
      @ForAll @IntRange(min = 1, max = 5) int perMinute,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 40) Integer> pauses) {
    HoneycombQuota line = new HoneycombQuota(perMinute);
    List<Instant> served = new ArrayList<>();
    Instant now = T;
    for (int i = 0; i < pauses.size(); i++) {
      now = now.plusSeconds(pauses.get(i));
      if (line.ask("us", "gate" + i % 7, now) instanceof Turn.Go) {
        served.add(now);
      }
    }
    for (int i = 0; i + perMinute < served.size(); i++) {
      assertThat(served.get(i + perMinute)).isAfterOrEqualTo(served.get(i).plusSeconds(60));
    }
  }

  /** All who come back when they were told to are served, in the order in which they came. */
  @Property(tries = 100)
  void allWhoComeBackInTimeAreServedInOrder(@ForAll @IntRange(min = 1, max = 40) int gates) {
    HoneycombQuota line = new HoneycombQuota(3);
    Map<String, Instant> due = new HashMap<>();
    List<String> served = new ArrayList<>();
    for (int i = 0; i < gates; i++) {
      due.put(String.format("%02d", i), T.plusSeconds(i));
    }
    while (!due.isEmpty()) {
      Instant next = due.values().stream().min(Instant::compareTo).orElseThrow();
      String who =
          due.keySet().stream().filter(w -> due.get(w).equals(next)).sorted().findFirst().get();
      Turn turn = line.ask("us", who, next);
      if (turn instanceof Turn.Wait wait) {
        assertThat(wait.until()).isAfter(next);
        due.put(who, wait.until());
      } else {
        due.remove(who);
        served.add(who);
      }
    }
    assertThat(served).isSorted().hasSize(gates);
  }
}
