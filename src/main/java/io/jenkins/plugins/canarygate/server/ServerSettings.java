package io.jenkins.plugins.canarygate.server;

import java.time.Duration;
import java.util.Optional;

/**
 * How the server runs.
 *
 * @param gate where it listens for probes, Prometheus, and controllers with a token
 * @param flagger where it listens for Flagger's webhooks
 * @param tls the certificate of the gate port; empty for plain HTTP
 * @param gateLimits what the gate port takes
 * @param flaggerLimits what Flagger's port takes
 * @param drain how long it goes on answering after it was told to stop, so that nobody is sent to
 *     it any more when it closes
 */
public record ServerSettings(
    ListenAddress gate,
    ListenAddress flagger,
    Optional<PemFiles> tls,
    Limits gateLimits,
    Limits flaggerLimits,
    Duration drain) {}
