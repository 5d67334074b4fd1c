package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.host.HostClock;
import io.jenkins.plugins.canarygate.host.Timers;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What measuring is handed.
 *
 * @param clock the time
 * @param timers runs things later
 * @param pool a few threads for calls that block
 * @param random spreads what would come all at once; safe to use from many threads
 * @param say takes a line for whoever runs the server
 */
record CheckRuntime(
    HostClock clock, Timers timers, Executor pool, RandomGenerator random, Consumer<String> say) {}
