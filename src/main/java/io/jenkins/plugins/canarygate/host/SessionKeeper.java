package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Keeps one gate's session: at once, and again and again, where something is about to be done that
 * must not be forgotten; now and then where it is only convenient. Used in the gate's mailbox.
 */
final class SessionKeeper {
  /** How long a state that is only convenient to keep may wait. */
  static final Duration LAZY = Duration.ofSeconds(10);

  private final SessionStore store;
  private final HostParts parts;
  private final Serial mailbox;
  private final BiConsumer<String, Optional<Duration>> failed;

  private Optional<GateSession> kept = Optional.empty();
  private Optional<GateSession> unkept = Optional.empty();
  private boolean flushing;
  private Optional<Runnable> again = Optional.empty();
  private Timers.Cancellable retry = () -> {};
  private Timers.Cancellable flush = () -> {};

  /**
   * @param failed is told why a session could not be kept, and after how long it is tried again
   */
  SessionKeeper(
      SessionStore store,
      HostParts parts,
      Serial mailbox,
      BiConsumer<String, Optional<Duration>> failed) {
    this.store = store;
    this.parts = parts;
    this.mailbox = mailbox;
    this.failed = failed;
  }

  /** Keeps the session some time soon; one in which only time has passed needs no keeping. */
  void soon(GateSession session) {
    if (unkept.isEmpty() && kept.filter(session::sameButForTime).isPresent()) {
      return;
    }
    unkept = Optional.of(session);
    if (!flushing) {
      flushing = true;
      flush = parts.timers().schedule(LAZY, () -> mailbox.execute(this::flushAgain));
    }
  }

  /**
   * Keeps the session before anything else happens.
   *
   * @param giveUp whether to give up after so many failures
   * @param kept what to do once it is kept
   * @param givenUp what to do if it is given up
   */
  void must(
      GateSession session, IntPredicate giveUp, Runnable kept, Consumer<IOException> givenUp) {
    attempt(session, 1, giveUp, kept, givenUp);
  }

  /** Whether a session that must be kept is not kept yet. */
  boolean waiting() {
    return again.isPresent();
  }

  /** Tries at once what would be tried again later. */
  void hurry() {
    again.ifPresent(
        attempt -> {
          retry.cancel();
          attempt.run();
        });
  }

  /** Keeps what has not been kept, if it can, and never tries again. */
  void close() {
    retry.cancel();
    flush.cancel();
    flushing = true;
    again = Optional.empty();
    unkept.flatMap(this::save).ifPresent(failure -> failed.accept(why(failure), Optional.empty()));
  }

  private void attempt(
      GateSession session,
      int number,
      IntPredicate giveUp,
      Runnable kept,
      Consumer<IOException> givenUp) {
    again = Optional.empty();
    Optional<IOException> failure = save(session);
    if (failure.isEmpty()) {
      kept.run();
    } else if (giveUp.test(number) || failure.get() instanceof SessionLostException) {
      unkept = Optional.empty();
      failed.accept(why(failure.get()), Optional.empty());
      givenUp.accept(failure.get());
    } else {
      Duration wait = Backoff.STORE.after(number, parts.random());
      Runnable next = () -> attempt(session, number + 1, giveUp, kept, givenUp);
      again = Optional.of(next);
      failed.accept(why(failure.get()), Optional.of(wait));
      retry =
          parts
              .timers()
              .schedule(
                  wait,
                  () ->
                      mailbox.execute(
                          () -> again.filter(now -> now == next).ifPresent(Runnable::run)));
    }
  }

  private void flushAgain() {
    flushing = false;
    Optional<IOException> failure = waiting() ? Optional.empty() : unkept.flatMap(this::save);
    failure.ifPresent(e -> failed.accept(why(e), Optional.of(LAZY)));
    unkept.ifPresent(this::soon);
  }

  private Optional<IOException> save(GateSession session) {
    try {
      store.save(session);
      kept = Optional.of(session);
      unkept = Optional.empty();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } catch (RuntimeException unexpected) {
      return Optional.of(
          new IOException("keeping it failed unexpectedly: " + Failures.name(unexpected)));
    }
  }

  private static String why(IOException failure) {
    String message = failure.getMessage();
    return failure.getClass() == IOException.class && message != null
        ? message
        : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
