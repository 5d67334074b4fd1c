package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.Moment;

/** The time that gates run in: handed in, so that a whole gate can run in virtual time. */
@FunctionalInterface
public interface HostClock {

  /** This moment on the wall clock and on a clock that only goes forward. */
  Moment now();
}
