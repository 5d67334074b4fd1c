package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SpreadTest {

  @Property
  void aWaitIsBetweenHalfAndAllOfTheDoubledOneAndNeverOverTheLongest(
      @ForAll @IntRange(min = 1, max = 1000) int failures, @ForAll long seed) {
    Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    long doubled = failures > 20 ? Long.MAX_VALUE : 500L << (failures - 1);
    long most = Math.min(30_000, doubled);

    long wait = backoff.after(failures, new Random(seed)).toMillis();

    assertThat(wait).isBetween(most / 2, most);
  }

  @Property
  void theSameChanceGivesTheSameWait(
      @ForAll @IntRange(min = 1, max = 20) int failures, @ForAll long seed) {
    assertThat(Backoff.WATCH.after(failures, new Random(seed)))
        .isEqualTo(Backoff.WATCH.after(failures, new Random(seed)));
  }

  @Property(tries = 50)
  void noMoreThanTwoHundredASecondGoAfterTheFirstFew(
      @ForAll @IntRange(min = 1, max = 3000) int count, @ForAll long seed) {
    Pacer pacer = new Pacer(new VirtualTime(), new Random(seed));
    List<Duration> waits = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      waits.add(pacer.next());
    }

    int second = 1000;
    for (int from = 0; from < 15_000; from += second) {
      int begin = from;
      long within =
          waits.stream()
              .filter(wait -> wait.toMillis() >= begin && wait.toMillis() < begin + second)
              .count();
      assertThat(within).isLessThanOrEqualTo(222);
    }
    assertThat(waits.get(0)).isZero();
  }

  @Property(tries = 20)
  void aFewGoAtOnceAgainAfterAPause(@ForAll long seed) {
    VirtualTime time = new VirtualTime();
    Pacer pacer = new Pacer(time, new Random(seed));
    for (int number = 0; number < 1000; number++) {
      pacer.next();
    }
    assertThat(pacer.next()).isPositive();

    time.advance(Duration.ofSeconds(6));

    assertThat(pacer.next()).isZero();
  }
}
