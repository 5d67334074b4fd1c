package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One gate's way to an observability service: one announcement after the other. */
final class AnnounceLane {
  private final Optional<Announcer> announcer;
  private final Serial calls;
  private final Serial mailbox;
  private final HostClock clock;
  private final Consumer<Seen> tell;

  private int underWay;
  private Runnable whenIdle = () -> {};

  AnnounceLane(
      Optional<Announcer> announcer,
      Executor threads,
      Serial mailbox,
      HostClock clock,
      Consumer<Seen> tell) {
    this.announcer = announcer;
    this.calls = new Serial(threads);
    this.mailbox = mailbox;
    this.clock = clock;
    this.tell = tell;
  }

  void announce(Todo.Announce what) {
    underWay++;
    calls.execute(
        () -> {
          Seen seen = announceNow(what);
          mailbox.executeHere(
              () -> {
                underWay--;
                tell.accept(seen);
                if (underWay == 0) {
                  whenIdle.run();
                }
              });
        });
  }

  /** Runs {@code task} once nothing is being announced. */
  void whenIdle(Runnable task) {
    if (underWay == 0) {
      task.run();
    } else {
      whenIdle = task;
    }
  }

  private Seen announceNow(Todo.Announce what) {
    if (announcer.isEmpty()) {
      return failed("no observability service is configured");
    }
    try {
      if (what.ticket().isEmpty()) {
        return new Seen.Announced(
            announcer.get().open(what.message(), clock.now().now()), Optional.empty());
      }
      announcer.get().close(what.ticket().get(), what.message(), clock.now().now());
      return new Seen.Announced(what.ticket(), Optional.empty());
    } catch (Announcer.AnnounceException e) {
      return failed(e.getMessage());
    } catch (RuntimeException | Error unexpected) {
      return failed("announcing failed unexpectedly: " + Failures.name(unexpected));
    }
  }

  private static Seen failed(String why) {
    return new Seen.Announced(Optional.empty(), Optional.of(why));
  }
}
