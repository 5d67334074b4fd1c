package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.Moment;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The clocks of this process. */
public final class SystemClock implements HostClock {
  // The forward clock starts anywhere, and anew in each process: its moments compare within one.
  private static final String BOOT = UUID.randomUUID().toString();

  @Override
  public Moment now() {
    return new Moment(Instant.now(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), BOOT);
  }
}
