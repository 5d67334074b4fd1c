package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;

class HoneycombQuotaTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");
  private static final Turn GO = new Turn.Go();
  private final HoneycombQuota quota = new HoneycombQuota(3);

  private Turn ask(String who, long seconds) {
    return quota.ask("us", who, T.plusSeconds(seconds));
  }

  private static Turn waits(long seconds, int place) {
    return new Turn.Wait(T.plusSeconds(seconds), place);
  }

  @Test
  void threeGoAtOnceAndTheFourthAMinuteAfterTheFirst() {
    assertThat(ask("a", 0)).isEqualTo(GO);
    assertThat(ask("b", 1)).isEqualTo(GO);
    assertThat(ask("c", 2)).isEqualTo(GO);
    assertThat(ask("d", 3)).isEqualTo(waits(60, 1));
    assertThat(ask("d", 60)).isEqualTo(GO);
  }

  @Test
  void whoAskedFirstIsServedFirst() {
    fill();
    assertThat(ask("d", 1)).isEqualTo(waits(60, 1));
    assertThat(ask("e", 2)).isEqualTo(waits(60, 2));
    assertThat(ask("f", 3)).isEqualTo(waits(60, 3));
    assertThat(ask("g", 4)).isEqualTo(waits(120, 4));
    assertThat(ask("g", 60)).as("an early caller keeps its place").isEqualTo(waits(120, 4));
    assertThat(ask("f", 60)).isEqualTo(GO);
    assertThat(ask("e", 61)).isEqualTo(GO);
    assertThat(ask("d", 62)).isEqualTo(GO);
    assertThat(ask("g", 120)).isEqualTo(GO);
  }

  private void fill() {
    ask("a", 0);
    ask("b", 0);
    ask("c", 0);
  }

  @Test
  void askingOftenMovesNobodyForward() {
    fill();
    ask("d", 1);
    for (int second = 2; second < 60; second++) {
      assertThat(ask("e", second)).isEqualTo(waits(60, 2));
      ask("d", second);
    }
  }

  @Test
  void aPlaceThatNobodyComesBackForIsDropped() {
    fill();
    for (String gone : List.of("d", "e", "f")) {
      ask(gone, 1);
    }
    assertThat(ask("g", 2)).isEqualTo(waits(120, 4));
    assertThat(ask("g", 91)).as("d, e and f were due at 60 and are gone").isEqualTo(GO);
    assertThat(ask("d", 92)).as("who comes back late starts anew").isEqualTo(GO);
  }

  @Test
  void anUnusedSlotCanBeGivenBack() {
    fill();
    quota.giveBack("us", T);
    assertThat(ask("d", 1)).isEqualTo(GO);
    assertThat(ask("e", 1)).isInstanceOf(Turn.Wait.class);
  }

  @Test
  void aRefusalByHoneycombPushesEverybodyBackAndTheRefusedGoesFirst() {
    fill();
    ask("d", 1);
    assertThat(ask("e", 2)).isEqualTo(waits(60, 2));
    quota.pushBack("us", "c", T.plusSeconds(100));
    assertThat(ask("d", 60)).isEqualTo(waits(100, 2));
    assertThat(ask("e", 60)).isEqualTo(waits(100, 3));
    assertThat(ask("f", 61)).isEqualTo(waits(160, 4));
    assertThat(ask("c", 100)).isEqualTo(GO);
  }

  @Test
  void accountsHaveLinesOfTheirOwn() {
    fill();
    assertThat(quota.ask("eu", "a", T)).isEqualTo(GO);
    quota.pushBack("eu", "a", T.plusSeconds(600));
    assertThat(ask("d", 60)).isEqualTo(GO);
  }

  @Test
  void nothingAMinuteIsNoQuota() {
    assertThatThrownBy(() -> new HoneycombQuota(0)).hasMessageContaining("at least one");
  }

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
