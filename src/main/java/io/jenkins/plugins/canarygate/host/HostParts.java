package io.jenkins.plugins.canarygate.host;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a host is handed.
 *
 * @param clock the time
 * @param timers runs things later
 * @param pool a few threads for calls that block; its queue must not be bounded
 * @param urgent a few more for gates that were asked to end
 * @param wakeUps wakes gates early
 * @param random spreads what would come all at once; safe to use from many threads
 */
public record HostParts(
    HostClock clock,
    Timers timers,
    Executor pool,
    Executor urgent,
    WakeUps wakeUps,
    RandomGenerator random) {}
