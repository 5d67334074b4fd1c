package io.jenkins.plugins.canarygate.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when it is told to. */
public final class VirtualClock implements InstantSource {
  private volatile Instant now;

  public VirtualClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  public VirtualClock advance(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  public VirtualClock advanceTo(Instant instant) {
    now = instant;
    return this;
  }
}
