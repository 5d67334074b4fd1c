package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota.Turn;
import java.time.Instant;
import java.util.List;
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
}
