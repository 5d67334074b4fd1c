package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tasks of one gate")
class SerialTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void shutdown() {
    threads.shutdownNow();
  }

  @Test
  void runOneAtATimeAndNoneIsLost() throws InterruptedException {
    Serial serial = new Serial(threads);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int each = 5000;
    CountDownLatch done = new CountDownLatch(3 * each);
    Runnable task =
        () -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          inside.decrementAndGet();
          done.countDown();
        };
    ExecutorService givers = Executors.newFixedThreadPool(3);
    for (int giver = 0; giver < 3; giver++) {
      boolean here = giver == 0;
      givers.execute(
          () -> {
            for (int number = 0; number < each; number++) {
              if (here) {
                serial.executeHere(task);
              } else {
                serial.execute(task);
              }
            }
          });
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most).hasValue(1);
    givers.shutdownNow();
  }

  @Test
  void runInTheOrderInWhichTheyWereGiven() throws InterruptedException {
    Serial serial = new Serial(threads);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(1000);
    for (int number = 0; number < 1000; number++) {
      int mine = number;
      serial.execute(
          () -> {
            order.add(mine);
            done.countDown();
          });
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(order).isSorted().hasSize(1000);
  }

  @Test
  void seeWhatTheTaskBeforeWroteWithoutALock() throws InterruptedException {
    Serial serial = new Serial(threads);
    int[] plain = new int[1];
    CountDownLatch done = new CountDownLatch(1);
    for (int number = 0; number < 20_000; number++) {
      serial.execute(() -> plain[0]++);
    }
    serial.execute(done::countDown);

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(plain[0]).isEqualTo(20_000);
  }

  @Test
  void goOnWithOtherThreadsWhereTheirOwnAreTaken() throws InterruptedException {
    List<Runnable> neverRun = new ArrayList<>();
    Serial serial = new Serial(neverRun::add);
    CountDownLatch done = new CountDownLatch(2);
    serial.execute(done::countDown);

    serial.moveTo(threads);
    serial.execute(done::countDown);

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    // What the old threads were asked for has been done by then.
    neverRun.forEach(Runnable::run);
    assertThat(done.getCount()).isZero();
  }

  @Test
  void thatAddATaskHaveItRunAfterThemOnTheSameThread() {
    List<String> order = new ArrayList<>();
    Serial serial = new Serial(task -> order.add("asked for a thread"));

    serial.executeHere(
        () -> {
          serial.execute(() -> order.add("second"));
          order.add("first");
        });

    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void thatFailDoNotStopThoseAfterThem() {
    List<Throwable> uncaught = new ArrayList<>();
    List<String> run = new ArrayList<>();
    Thread here = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = here.getUncaughtExceptionHandler();
    here.setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    try {
      Serial serial = new Serial(Runnable::run);
      serial.execute(
          () -> {
            serial.execute(() -> run.add("after it"));
            throw new IllegalStateException("bad");
          });
    } finally {
      here.setUncaughtExceptionHandler(before);
    }

    assertThat(run).containsExactly("after it");
    assertThat(uncaught).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void areNotRunOnceTheirThreadsAreGone() {
    Serial serial = new Serial(threads);
    threads.shutdownNow();
    AtomicInteger run = new AtomicInteger();

    serial.execute(run::incrementAndGet);

    assertThat(run).hasValue(0);
  }
}
