package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.evidence.Announcer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells nothing to whom this gate may not ask any more. */
final class GuardedAnnouncer implements Announcer {
  private final Announcer announcer;
  private final Supplier<Optional<String>> against;

  /**
   * @param against what stands against it, one line; empty: nothing
   */
  GuardedAnnouncer(Announcer announcer, Supplier<Optional<String>> against) {
    this.announcer = announcer;
    this.against = against;
  }

  @Override
  public Optional<String> open(String message, Instant at) throws AnnounceException {
    verify();
    return announcer.open(message, at);
  }

  @Override
  public void close(String ticket, String message, Instant at) throws AnnounceException {
    verify();
    announcer.close(ticket, message, at);
  }

  private void verify() throws AnnounceException {
    Optional<String> why = against.get();
    if (why.isPresent()) {
      throw new AnnounceException(why.get());
    }
  }
}
